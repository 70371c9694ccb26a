import { expect, test } from '@jest/globals';
import { type FfmpegEnd, reasonOf } from './ffmpeg-error.js';

const end = (changes: Partial<FfmpegEnd>): FfmpegEnd => ({ stderr: '', seconds: 120, ...changes });

test.each<[string, Partial<FfmpegEnd>, RegExp]>([
  ['the deadline', { stopped: 'deadline', by: 'SIGKILL' }, /limit of 120 seconds/],
  ['a file grown too large', { exitCode: 128 + 25 }, /media\.limits\.maxOutputSize/],
  ['too much computing time', { exitCode: 128 + 24 }, /computing time/],
  ['too little memory', { exitCode: 1, stderr: 'x: Cannot allocate memory' }, /media\.limits\.memory/],
  ['a crash', { exitCode: 128 + 11 }, /crashed on this file \(SIGSEGV\)/],
  ['a signal of the system', { by: 'SIGKILL' }, /crashed on this file \(SIGKILL\)/],
  ['a tool that is not there', { code: 'ENOENT' }, /could not be started \(ENOENT\)/],
  ['a silent end', { exitCode: 3 }, /ended with code 3/],
])('%s is told as such', (_, what, reason) => {
  expect(reasonOf(end(what))).toMatch(reason);
});

test.each([
  ['file:/srv/data/originals/abc: Invalid data found', 'Invalid data found'],
  ['first line\n/srv/data/originals/abc: Invalid data found\n', 'Invalid data found'],
  ['Error opening output file:/srv/x.mp4', 'Error opening output the file'],
  ['rate 30/1 is odd', 'rate 30/1 is odd'],
])('what the tool said last is passed on without a path of ours: %j', (stderr, said) => {
  expect(reasonOf(end({ exitCode: 1, stderr }))).toBe(`The media tool could not handle the file: ${said}`);
});
