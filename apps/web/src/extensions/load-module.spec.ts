import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { loadModule } from './load-module';

const entry = { name: 'hello', displayName: 'Hello', url: '/plugins/hello/1.0.0/dist/web.js' };
const slots = { 'card.badge': { render: () => null } };
let warn: jest.SpiedFunction<typeof console.warn>;
const warned = () => warn.mock.calls.map((parts) => parts.join(' '));

beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void jest.restoreAllMocks());

const load = (answer: Promise<unknown>, timeLimit = 60_000, url = entry.url) =>
  loadModule({ ...entry, url }, { load: () => answer, timeLimit });

test('a module becomes its plugin', async () => {
  const plugin = await load(Promise.resolve({ default: { slots } }));
  expect(plugin).toEqual({ name: 'hello', displayName: 'Hello', slots });
  expect(warned()).toEqual([]);
});

test('a module that cannot be loaded is skipped, and the console says which and why', async () => {
  expect(await load(Promise.reject(new Error('no such file')))).toBeNull();
  expect(warned()).toEqual([expect.stringMatching(/Plugin hello: .*skipped.*no such file/)]);
});

test('a module that never answers is skipped after the time limit', async () => {
  expect(await load(new Promise(() => undefined), 1)).toBeNull();
  expect(warned()).toEqual([expect.stringContaining('did not answer within 1 ms')]);
});

test.each([['https://elsewhere.example/web.js'], ['//elsewhere.example/web.js'], ['data:text/javascript,1']])(
  'a module at %s is not asked for',
  async (url) => {
    const asked = jest.fn(async () => ({ default: { slots } }));
    expect(await loadModule({ ...entry, url }, { load: asked, timeLimit: 60_000 })).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  },
);

test('a slot that is wrong is named in the console, and the others are there', async () => {
  const plugin = await load(Promise.resolve({ default: { slots: { ...slots, elsewhere: 1 } } }));
  expect(plugin?.slots).toEqual(slots);
  expect(warned()).toEqual([expect.stringContaining('elsewhere is no slot')]);
});
