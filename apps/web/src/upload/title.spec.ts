import { expect, test } from '@jest/globals';
import { titleOf } from './title';

test.each([
  ['My_holiday.2024.mp4', 'My holiday 2024'],
  ['clip.webm', 'clip'],
  ['a.mp4', 'Video a'],
  ['.mp4', 'Video'],
  ['x'.repeat(300), 'x'.repeat(120)],
  ['日本の夏.mov', '日本の夏'],
])('the file %j begins with the title %j, which the server takes', (filename, title) => {
  expect(titleOf(filename)).toBe(title);
});
