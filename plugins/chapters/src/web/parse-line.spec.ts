import { expect, test } from '@jest/globals';
import { parseLine } from './parse-line.js';

test.each([
  ['0:00 Intro', 0, 'Intro'],
  ['00:00 Intro', 0, 'Intro'],
  ['1:02:03 - Title', 3723, 'Title'],
  ['[12:34] x', 754, 'x'],
  ['(12:34) x', 754, 'x'],
  ['90:00 After an hour and a half', 5400, 'After an hour and a half'],
  ['- 0:10 Dash', 10, 'Dash'],
  ['* 0:10 Star', 10, 'Star'],
  ['•0:10 Bullet', 10, 'Bullet'],
  ['1. 0:10 Number', 10, 'Number'],
  ['2) 0:10 – Number', 10, 'Number'],
  ['> 0:10 | Quote', 10, 'Quote'],
  ['**0:10** Bold time', 10, 'Bold time'],
  ['**0:10 Bold line**', 10, 'Bold line'],
  ['0:10 C* is a *star*', 10, 'C* is a *star*'],
  ['[0:10](https://video.example/w/x?start=10) Link', 10, 'Link'],
  ['0:10 - 0:20 Range', 10, 'Range'],
  ['0:10–0:20: Range', 10, 'Range'],
  ['0:10: Colon', 10, 'Colon'],
  ['0:10\tTab  and   spaces ', 10, 'Tab and spaces'],
  ['0:10 النهاية', 10, 'النهاية'],
])('%j begins at %i and is called %j', (line, start, title) => {
  expect(parseLine(line)).toEqual({ start, title });
});

test.each([
  ['no time', 'Intro'],
  ['a time later in the line', 'At 0:10 it begins'],
  ['no title', '0:10 -'],
  ['a title that cannot be seen', '0:10 \u202E\u0000\uFEFF'],
  ['too many seconds', '0:60 x'],
  ['too many minutes of an hour', '1:60:00 x'],
  ['a score', '1:2 x'],
  ['a time of day', '12:30pm x'],
  ['four numbers', '1:02:03:04 x'],
  ['a long number', '1234:00 x'],
])('%s: no chapter', (_, line) => {
  expect(parseLine(line)).toBeNull();
});

test('markup is text', () => {
  const title = '<img src=x onerror="alert(1)"> &amp; {{ 7 * 7 }}';
  expect(parseLine(`0:00 ${title}`)?.title).toBe(title);
});

test('what turns the direction of other words, and control characters, are taken out', () => {
  expect(parseLine('0:00 a\u202Eb\u2066c\u0007d')?.title).toBe('a b c d');
});

test('a long title is cut between characters', () => {
  const { title } = parseLine(`0:00 ${'😀'.repeat(150)}`)!;
  expect([...title]).toHaveLength(120);
  expect(title.endsWith('😀…')).toBe(true);
});

test.each([['- '], ['*'], ['> '], ['1. '], ['['], ['0:0'], ['0:00-'], ['0:00('], [' '], ['0:00 *']])(
  'a line that repeats %j costs no more than others',
  (part) => {
    const line = part.repeat(100_000);
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) parseLine(line);
    expect(performance.now() - started).toBeLessThan(1000);
  },
);
