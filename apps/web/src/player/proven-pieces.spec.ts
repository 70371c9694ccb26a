import { expect, test } from '@jest/globals';
import { provenPieces } from './proven-pieces';

const PIECE = 10;
const FILE = Uint8Array.from({ length: 35 }, (_, index) => index);
const OWN = 'own';
const COPY = 'copy';

/** The seed that sends each byte is what `from` says; `wrong` are the positions of wrong bytes. Three bytes come at a time. */
async function read(start: number, end: number, from: (position: number) => string, wrong: number[] = []) {
  const asked: Array<[number, number]> = [];
  const lies: Array<[number, string[]]> = [];
  const stored = new Map<number, Uint8Array>();
  const seeds = {
    isCopy: (seed: string) => seed !== OWN,
    async *read(first: number, last: number) {
      asked.push([first, last]);
      const sent = FILE.map((byte, position) => (wrong.includes(position) ? 255 : byte));
      for (let position = first; position < last; position += 3)
        yield { seed: from(position), chunk: sent.slice(position, Math.min(position + 3, last)) };
    },
  };
  const engine = {
    pieceLength: PIECE,
    add: async (index: number, piece: Uint8Array) => {
      const isRight = piece.every((byte, offset) => byte === FILE[index * PIECE + offset]);
      if (isRight) stored.set(index, piece);
      return isRight;
    },
    piece: (index: number) => stored.get(index),
  };
  const onLie = (piece: number, suspects: string[]) => void lies.push([piece, suspects]);
  const signal = new AbortController().signal;
  const bytes: number[] = [];
  const wanted = { start, end, size: FILE.length, signal, onLie };
  for await (const chunk of provenPieces(seeds, engine, wanted)) bytes.push(...chunk);
  return { bytes, lies, asked, stored: [...stored.keys()] };
}

const bytesOf = (start: number, end: number) => [...FILE.slice(start, end)];

test('what was asked for comes, from whole pieces', async () => {
  expect(await read(12, 33, () => COPY)).toEqual({
    bytes: bytesOf(12, 33),
    lies: [],
    asked: [[10, 35]],
    stored: [1, 2, 3],
  });
});

test('nothing of a wrong piece of a copy is shown, and what follows is not read', async () => {
  const { bytes, lies } = await read(0, 35, () => COPY, [17]);
  expect(bytes).toEqual(bytesOf(0, 10));
  expect(lies).toEqual([[1, [COPY]]]);
});

test('what the file’s own address sent of a piece is shown at once, what a copy added only when it is right', async () => {
  const from = (position: number) => (position < 15 ? OWN : COPY);
  expect((await read(0, 35, from)).bytes).toEqual(bytesOf(0, 35));
  const { bytes, lies } = await read(0, 35, from, [18]);
  expect(bytes).toEqual(bytesOf(0, 15));
  expect(lies).toEqual([[1, [OWN, COPY]]]);
});
