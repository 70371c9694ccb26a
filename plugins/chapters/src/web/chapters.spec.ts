import { expect, test } from '@jest/globals';
import { chapterAt, chaptersOf, nextStart, previousStart } from './chapters.js';

const titlesIn = (description: string | null, duration = 0) =>
  chaptersOf({ description, duration }).map(({ start, title }) => `${start} ${title}`);
const LIST = '0:00 Intro\n1:00 Middle\n2:00 End';

test('chapters are the lines that begin with a time, whatever stands between them', () => {
  const description =
    'My holidays.\n\n0:00 Intro\nwith music\n\n 1:00 Middle\r\n2:00 End\nhttps://video.example';
  expect(titlesIn(description)).toEqual(['0 Intro', '60 Middle', '120 End']);
});

test.each([
  ['of two', '0:00 Intro\n1:00 End'],
  ['that does not begin at 0:00', '0:01 Intro\n1:00 Middle\n2:00 End'],
  ['that does not rise', '0:00 Intro\n2:00 Middle\n1:00 End'],
  ['with one time twice', '0:00 Intro\n1:00 Middle\n1:00 Again'],
  ['of times in sentences', 'At 0:00 it begins\nat 1:00 it goes on\nat 2:00 it ends'],
  ['without titles', '0:00\n1:00\n2:00'],
  ['that is none', null],
])('a list %s has no chapters', (_, description) => {
  expect(titlesIn(description)).toEqual([]);
});

test('a second list is another one, and times of day before the list are none of it', () => {
  expect(titlesIn(`20:15 Live on Monday\n${LIST}\nIn German:\n0:00 Anfang\n1:00 Mitte\n2:00 Ende`)).toEqual(
    titlesIn(LIST),
  );
  expect(titlesIn(`0:00 is when it begins\n${LIST}`)).toEqual(titlesIn(LIST));
});

test('what begins after the end of the video is no chapter of it', () => {
  expect(titlesIn(`${LIST}\n9:00 Never`, 150)).toEqual(titlesIn(LIST));
  expect(titlesIn(LIST, 90)).toEqual([]);
});

test('a description without an end costs little, and has 200 chapters at most', () => {
  const many = Array.from(
    { length: 50_000 },
    (_, n) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')} x`,
  );
  const started = performance.now();
  expect(titlesIn(many.join('\n'))).toHaveLength(200);
  expect(titlesIn('0:00 x\n'.repeat(1_000_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('the chapter that plays is the last one that has begun', () => {
  const chapters = chaptersOf({ description: LIST, duration: 180 });
  expect([0, 59, 59.96, 60, 500].map((time) => chapterAt(chapters, time))).toEqual([0, 0, 1, 1, 2]);
});

test('next is the next beginning; previous is the beginning of this one, or near it that of the one before', () => {
  const chapters = chaptersOf({ description: LIST, duration: 180 });
  expect([0, 60, 130].map((time) => nextStart(chapters, time))).toEqual([60, 120, null]);
  expect([1, 10, 61, 70, 121].map((time) => previousStart(chapters, time))).toEqual([null, 0, 0, 60, 60]);
});
