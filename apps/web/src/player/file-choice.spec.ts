import { expect, test } from '@jest/globals';
import { chooseFile } from './file-choice';
import type { PlayableFile } from './types';

const files = [1080, 360, 720].map((id) => ({ id, resolution: { id, label: `${id}p` } }) as PlayableFile);
const choose = (...rest: [number | null, number, number?]) => chooseFile(files, ...rest).resolution.id;

test('the smallest file that fills the screen plays, the largest on a larger screen', () => {
  expect([choose(null, 300), choose(null, 500), choose(null, 2000)]).toEqual([360, 720, 1080]);
});

test('what the viewer chose plays, when it exists', () => {
  expect([choose(1080, 300), choose(480, 300)]).toEqual([1080, 360]);
});

test('after a stall nothing larger than the limit plays', () => {
  expect([choose(null, 2000, 720), choose(null, 2000, 100)]).toEqual([720, 360]);
});
