import { describe, expect, it } from '@jest/globals';
import { useTrackerLab } from '../../testing/index.js';

const ANSWER = { type: 'answer', sdp: 'v=0\r\n' };

describe('the tracker, with hostile messages,', () => {
  const { start, peer } = useTrackerLab();

  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['no hash to scrape', { action: 'scrape' }],
    ['10,000 hashes to scrape', { action: 'scrape', info_hash: Array(1000).fill('a'.repeat(20)) }],
    ['a scrape of things', { action: 'scrape', info_hash: [{}] }],
    ['an unknown action', { action: 'connect' }],
    ['a short hash', { action: 'announce', info_hash: 'x', peer_id: 'p'.repeat(20) }],
  ])('answers %s with an error and goes on', async (_what, message) => {
    const server = await start();
    const one = await peer(server);
    one.send(message);
    expect(await one.next()).toHaveProperty('failure reason');
    expect(await one.join(server.infoHash)).toMatchObject({ incomplete: 1 });
  });

  it.each([
    ['null offers', { offers: [null, null] }],
    ['offers without a session', { offers: [{ offer_id: 'a' }] }],
    ['offers that are a text', { offers: 'abc' }],
    ['an offer with anything in it', { offers: [{ offer: { spam: 'buy' }, offer_id: 'a' }] }],
    ['an answer with anything in it', { answer: { spam: 'buy' }, offer_id: 'a', to_peer_id: 'p'.repeat(20) }],
    ['an answer to nobody', { answer: ANSWER, offer_id: 'a' }],
    ['an event that is none', { event: '__proto__' }],
  ])('refuses %s without harm to anybody', async (_what, fields) => {
    const server = await start();
    const other = await peer(server);
    await other.join(server.infoHash);
    const one = await peer(server);
    one.announce(server.infoHash, fields);
    expect(await one.next()).toHaveProperty('failure reason');
    expect(other.frames).toHaveLength(1);
  });
});
