import { expect, test } from '@jest/globals';
import { adaptedSize, CHUNKS, nextChunk, smallerSize } from './chunk-plan';

const MIB = 1024 * 1024;

test('chunks follow each other without a gap and stop before the held end', () => {
  const total = 10 * MIB;
  let received = 0;
  for (
    let chunk = nextChunk(0, total, 3 * MIB, false);
    chunk;
    chunk = nextChunk(received, total, 3 * MIB, false)
  ) {
    expect(chunk.start).toBe(received);
    received = chunk.end;
  }
  expect(received).toBe(total - CHUNKS.held);
});

test('once released the rest goes out up to the last byte', () => {
  const total = 10 * MIB;
  expect(nextChunk(total - CHUNKS.held, total, MIB, true)).toEqual({
    start: total - CHUNKS.held,
    end: total,
  });
});

test.each([1, 1000, CHUNKS.held, CHUNKS.held + 1000])(
  'a file of %i bytes is held as a whole and then sent at once',
  (total) => {
    expect(nextChunk(0, total, CHUNKS.first, false)).toBeNull();
    expect(nextChunk(0, total, CHUNKS.first, true)).toEqual({ start: 0, end: total });
  },
);

test('no chunk but the last is smaller than the server takes', () => {
  const total = 5 * MIB;
  const almost = total - CHUNKS.held - CHUNKS.serverLeast + 1;
  expect(nextChunk(almost, total, MIB, false)).toBeNull();
});

test('the chunk size follows the speed, at most doubling, within its limits', () => {
  expect(adaptedSize(2 * MIB, 2 * MIB, 100, 0)).toBe(4 * MIB);
  expect(adaptedSize(8 * MIB, 8 * MIB, 40_000, 0)).toBe(MIB);
  expect(adaptedSize(CHUNKS.least, CHUNKS.least, 600_000, 0)).toBe(CHUNKS.least);
  expect(adaptedSize(CHUNKS.most, CHUNKS.most, 10, 0)).toBe(CHUNKS.most);
  expect(adaptedSize(2 * MIB, 2 * MIB, 100, MIB)).toBe(MIB);
  expect(smallerSize(2 * MIB, 0)).toBe(MIB);
});
