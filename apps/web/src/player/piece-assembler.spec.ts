import { expect, test } from '@jest/globals';
import { PieceAssembler } from './piece-assembler';

const bytes = Uint8Array.from({ length: 25 }, (_, index) => index);

function assemble(feed: Array<[number, number]>): Record<number, number[]> {
  const pieces: Record<number, number[]> = {};
  const assembler = new PieceAssembler(10, bytes.length, (index, piece) => (pieces[index] = [...piece]));
  for (const [start, end] of feed) assembler.add(start, bytes.slice(start, end), 'seed');
  return pieces;
}

test('pieces come out whole however the bytes are cut, the last one shorter', () => {
  const whole = { 0: [...bytes.slice(0, 10)], 1: [...bytes.slice(10, 20)], 2: [...bytes.slice(20)] };
  expect(assemble([[0, 25]])).toEqual(whole);
  expect(
    assemble([
      [0, 3],
      [3, 14],
      [14, 20],
      [20, 25],
    ]),
  ).toEqual(whole);
});

test('a piece whose beginning is missing is left out', () => {
  expect(Object.keys(assemble([[4, 25]]))).toEqual(['1', '2']);
});

test('a gap spoils only the piece it is in', () => {
  expect(
    Object.keys(
      assemble([
        [0, 5],
        [7, 25],
      ]),
    ),
  ).toEqual(['1', '2']);
});

test('a piece names all the seeds that sent a part of it', () => {
  const from: Record<number, string[]> = {};
  const assembler = new PieceAssembler(10, 25, (index, _piece, seeds) => (from[index] = seeds));
  assembler.add(0, bytes.slice(0, 14), 'a');
  assembler.add(14, bytes.slice(14), 'b');
  expect(from).toEqual({ 0: ['a'], 1: ['a', 'b'], 2: ['b'] });
});
