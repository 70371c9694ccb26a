import { expect, test } from '@jest/globals';
import { liveBytes, type SampledCall } from './live-bytes.js';

const FOLDERS = new Map([
  ['one', '/srv/plugins/one'],
  ['two', '/srv/plugins/with space'],
]);
const call = (url: string, selfSize: number, children: SampledCall[] = []): SampledCall => ({
  callFrame: { url },
  selfSize,
  children,
});
const held = (...calls: SampledCall[]) => Object.fromEntries(liveBytes(call('', 7, calls), FOLDERS));

test('what a plugin calls counts as its own, and what the server does by itself as nobody’s', () => {
  const library = call('file:///srv/node_modules/typeorm/index.js', 10);
  const handler = call('file:///srv/plugins/one/dist/index.js', 5, [library, call('node:buffer', 1)]);
  expect(held(call('file:///srv/dist/main.js', 100, [handler, library]))).toEqual({ one: 16, two: 0 });
});

test('of two plugins in one call, the one that was called last has allocated it', () => {
  const inner = call('file:///srv/plugins/with%20space/a.js', 3, [call('node:events', 4)]);
  expect(held(call('file:///srv/plugins/one/a.js', 2, [inner]))).toEqual({ one: 2, two: 7 });
});

test('CommonJS modules have paths; a folder with a longer name is another', () => {
  expect(held(call('/srv/plugins/one/a.cjs', 2), call('file:///srv/plugins/one-more/a.js', 4))).toEqual({
    one: 2,
    two: 0,
  });
});

test('calls may be nested as deep as the stack is', () => {
  let deepest = call('', 1);
  for (let depth = 0; depth < 50_000; depth++) deepest = call('', 0, [deepest]);
  expect(held(call('/srv/plugins/one/a.js', 0, [deepest]))).toEqual({ one: 1, two: 0 });
});
