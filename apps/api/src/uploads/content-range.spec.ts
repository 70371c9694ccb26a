import { expect, test } from '@jest/globals';
import { InvalidInputError } from '../shared/domain-error.js';
import { parseUploadRange } from './content-range.js';

const SIZE = 100;

test('a chunk names its first and last byte and the total', () => {
  expect(parseUploadRange('bytes 10-19/100', 10, SIZE)).toEqual({ start: 10, end: 19, total: 100 });
  expect(parseUploadRange('bytes 10-19/*', null, SIZE)).toEqual({ start: 10, end: 19, total: null });
});

test('a star in place of the bytes asks what has arrived', () => {
  expect(parseUploadRange('bytes */100', 0, SIZE)).toEqual({ probe: true, total: 100 });
  expect(parseUploadRange('bytes */*', 0, SIZE)).toEqual({ probe: true, total: null });
});

test('without the header the body is the whole file', () => {
  expect(parseUploadRange(undefined, 100, SIZE)).toEqual({ start: 0, end: 99, total: 100 });
  expect(() => parseUploadRange(undefined, 99, SIZE)).toThrow(InvalidInputError);
});

test.each([
  ['bytes 20-10/100', 10],
  ['bytes 90-100/100', 11],
  ['bytes 10-19/100', 9],
  ['bytes -1-9/100', 10],
  ['bytes 0x1-9/100', 10],
  ['bytes 0-9', 10],
  ['items 0-9/100', 10],
  ['bytes 0-99999999999999999999/100', 10],
  ['bytes 0-9/100, 10-19/100', 20],
  ['', 10],
])('%j is refused', (header, contentLength) => {
  expect(() => parseUploadRange(header, contentLength, SIZE)).toThrow(InvalidInputError);
});
