import { describe, expect, it } from '@jest/globals';
import { binary, offer, useTrackerLab } from '../../testing/index.js';

const ANSWER = { type: 'answer', sdp: 'v=0\r\n' };

describe('the tracker, between peers,', () => {
  const { start, peer, pair } = useTrackerLab();

  it('drops an answer to an offer that was never made, or made to another', async () => {
    const server = await start();
    const { first, second, offerId } = await pair(server);
    const third = await peer(server);
    await third.join(server.infoHash, { offers: undefined });
    const to = { answer: ANSWER, to_peer_id: binary(second.peerId) };
    first.announce(server.infoHash, { ...to, offer_id: 'invented' });
    expect(await first.next()).toMatchObject({ 'failure reason': 'there is no such offer to answer' });
    third.announce(server.infoHash, { ...to, offer_id: offerId });
    expect(await third.next()).toMatchObject({ 'failure reason': 'there is no such offer to answer' });
    expect(second.frames).toHaveLength(1);
  });

  it('takes one answer to each offer', async () => {
    const server = await start();
    const { first, second, offerId } = await pair(server);
    const answer = { answer: ANSWER, offer_id: offerId, to_peer_id: binary(second.peerId) };
    first.announce(server.infoHash, answer);
    first.announce(server.infoHash, answer);
    expect(await first.next()).toMatchObject({ 'failure reason': 'there is no such offer to answer' });
  });

  it('drops an answer into another swarm', async () => {
    const server = await start();
    const { first, second, offerId } = await pair(server);
    const other = '1'.repeat(40);
    server.known.hashes.add(other);
    const answer = { answer: ANSWER, offer_id: offerId, to_peer_id: binary(second.peerId) };
    first.announce(other, answer);
    expect(await first.next()).toMatchObject({
      'failure reason': 'announce in this swarm before you answer in it',
    });
    await first.join(other);
    first.announce(other, answer);
    expect(await first.next()).toMatchObject({ 'failure reason': 'there is no such offer to answer' });
    expect(second.frames).toHaveLength(1);
  });

  it('lets nobody take over or end the membership of another', async () => {
    const server = await start();
    const victim = await peer(server, '192.0.2.1');
    await victim.join(server.infoHash);
    const thief = await peer(server, '192.0.2.2');
    for (const event of ['started', 'stopped']) {
      thief.announce(server.infoHash, { peer_id: binary(victim.peerId), event });
      expect(await thief.next()).toMatchObject({ 'failure reason': 'peer_id is in use' });
    }
    expect(server.tracker.counts(server.infoHash).leechers).toBe(1);
    thief.announce(server.infoHash);
    expect(await thief.next()).toMatchObject({
      'failure reason': 'peer_id must stay the same on one socket',
    });
  });

  it('lets a peer that lost its socket come back under its id', async () => {
    const server = await start();
    const before = await peer(server);
    await before.join(server.infoHash);
    const after = await peer(server);
    expect(await after.join(server.infoHash, { peer_id: binary(before.peerId) })).toMatchObject({
      incomplete: 1,
    });
    before.close();
    const other = await peer(server);
    await other.join(server.infoHash);
    expect(await after.next()).toMatchObject({ peer_id: binary(other.peerId) });
  });

  it('hands on no more offers than the limit', async () => {
    const server = await start({ maxOffers: 2 });
    const others = await Promise.all(Array.from({ length: 5 }, () => peer(server)));
    for (const each of others) await each.join(server.infoHash, { offers: undefined });
    const sender = await peer(server);
    await sender.join(server.infoHash, { offers: Array.from({ length: 5 }, () => offer()) });
    await sender.join(server.infoHash, { offers: undefined, event: undefined });
    expect(others.flatMap(({ frames }) => frames.filter(({ offer: sent }) => sent))).toHaveLength(2);
  });
});
