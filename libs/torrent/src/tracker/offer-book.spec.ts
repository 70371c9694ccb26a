import { describe, expect, it } from '@jest/globals';
import type { TrackerSocket } from 'bittorrent-tracker/server';
import { OfferBook } from './offer-book.js';

const HASH = 'a'.repeat(40);
const PEER = 'b'.repeat(40);
const socket = () => ({}) as TrackerSocket;

describe('the book of offers', () => {
  it('lets one socket answer the latest 250 offers, and none of long ago', () => {
    const book = new OfferBook();
    const by = socket();
    for (let count = 0; count < 1000; count += 1) book.offered(by, HASH, PEER, `${count}`);
    const mayAnswer = (id: number) => book.takeAnswer(by, HASH, PEER, `${id}`);
    expect(Array.from({ length: 250 }, (_, index) => 750 + index).every(mayAnswer)).toBe(true);
    expect(Array.from({ length: 500 }, (_, index) => index).some(mayAnswer)).toBe(false);
  });

  it('takes no answer of another socket, to another peer, in another swarm, or twice', () => {
    const book = new OfferBook();
    const by = socket();
    book.offered(by, HASH, PEER, '1');
    expect(book.takeAnswer(socket(), HASH, PEER, '1')).toBe(false);
    expect(book.takeAnswer(by, HASH, 'c'.repeat(40), '1')).toBe(false);
    expect(book.takeAnswer(by, 'd'.repeat(40), PEER, '1')).toBe(false);
    expect(book.takeAnswer(by, HASH, PEER, '1')).toBe(true);
    expect(book.takeAnswer(by, HASH, PEER, '1')).toBe(false);
  });
});
