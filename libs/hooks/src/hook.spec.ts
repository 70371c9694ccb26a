import { expect, test } from '@jest/globals';
import { defineEvent, defineFilter, defineGuard, isHook } from './hook.js';
import { HookDefinitionError } from './hooks.errors.js';

const texts = { description: 'For tests.', example: '() => undefined' };

test('a hook is a frozen constant with all that a page about it needs', () => {
  const hook = defineGuard<string>({ ...texts, name: 'auth.user.log-in' });
  expect(hook).toEqual({ ...texts, kind: 'guard', name: 'auth.user.log-in' });
  expect(Object.isFrozen(hook)).toBe(true);
});

test('a hook is known as one, also when another copy of this library made it', () => {
  expect([defineEvent({ ...texts, name: 'a.b.c' }), { kind: 'filter', name: 'a.b.c' }].every(isHook)).toBe(
    true,
  );
  expect([null, 'a.b.c', {}, { kind: 'other', name: 'a.b.c' }, () => undefined].some(isHook)).toBe(false);
});

test.each([
  'video',
  'videos.video',
  'a.b.c.d',
  'Videos.video.show',
  'videos.video.',
  'videos..show',
  'a.b.c d',
])('%p is no name of a hook', (name) => {
  expect(() => defineFilter<string>({ ...texts, name })).toThrow(HookDefinitionError);
});
