import { expect, test } from '@jest/globals';
import { readAhead } from './read-ahead';

async function* upTo(count: number, taken: number[] = []): AsyncGenerator<number> {
  for (let number = 1; number <= count; number += 1) {
    taken.push(number);
    yield number;
  }
}

test('takes all while nobody asks, and hands it on in order', async () => {
  const taken: number[] = [];
  const numbers = readAhead(upTo(3, taken));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(taken).toEqual([1, 2, 3]);
  const read: number[] = [];
  for await (const number of numbers) read.push(number);
  expect(read).toEqual([1, 2, 3]);
});

test('an error comes after what came before it', async () => {
  const broken = readAhead(
    (async function* () {
      yield* upTo(2);
      throw new Error('broken');
    })(),
  );
  expect([(await broken.next()).value, (await broken.next()).value]).toEqual([1, 2]);
  await expect(broken.next()).rejects.toThrow('broken');
});

test('whoever waits is told of the end', async () => {
  const empty = readAhead(upTo(0));
  expect((await empty.next()).done).toBe(true);
});
