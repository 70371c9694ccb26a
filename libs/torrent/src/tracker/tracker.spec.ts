import { describe, expect, it } from '@jest/globals';
import { binary, until, useTrackerLab } from '../../testing/index.js';

const UNKNOWN = 'f'.repeat(40);
const ANSWER = { type: 'answer', sdp: 'v=0\r\n' };

describe('the tracker', () => {
  const { start, peer, pair } = useTrackerLab();

  it('hands an offer to a peer of the swarm and its answer back', async () => {
    const server = await start();
    const { first, second, offerId } = await pair(server);
    first.announce(server.infoHash, { answer: ANSWER, offer_id: offerId, to_peer_id: binary(second.peerId) });
    expect(await second.next()).toMatchObject({
      answer: ANSWER,
      offer_id: offerId,
      peer_id: binary(first.peerId),
    });
    expect(server.tracker.counts(server.infoHash)).toEqual({ seeders: 0, leechers: 2 });
  });

  it('tells each peer the interval that is configured', async () => {
    const server = await start({ announceInterval: 45 });
    expect(await (await peer(server)).join(server.infoHash)).toMatchObject({ interval: 45, incomplete: 1 });
  });

  it('counts who left as gone, by word, by closing and by being silent', async () => {
    const server = await start({ announceInterval: 0.1, heartbeat: 50 });
    const [a, b, c] = [await peer(server), await peer(server), await peer(server)];
    for (const each of [a, b, c]) await each.join(server.infoHash, { left: 0, offers: undefined });
    a.announce(server.infoHash, { event: 'stopped' });
    await a.next();
    b.close();
    await c.untilClosed();
    await until(() => server.tracker.totals().peers === 0, 'all to be gone');
  });

  it('refuses an unknown hash alone: socket and other swarms go on, and nothing is kept', async () => {
    const server = await start();
    const one = await peer(server);
    one.announce(UNKNOWN);
    expect(await one.next()).toEqual({
      action: 'announce',
      'failure reason': 'unknown info hash',
      info_hash: binary(UNKNOWN),
    });
    expect(await one.join(server.infoHash)).toMatchObject({ incomplete: 1 });
    expect(server.tracker.totals()).toMatchObject({ swarms: 1, peers: 1 });
    expect(server.tracker.counters).toEqual({ announces: 1, unknown: 1, refused: 0 });
  });

  it('stops serving a hash the moment it is known no more', async () => {
    const server = await start();
    const one = await peer(server);
    await one.join(server.infoHash);
    server.known.hashes.clear();
    one.announce(server.infoHash);
    expect(await one.next()).toMatchObject({ 'failure reason': 'unknown info hash' });
    server.tracker.evict(server.infoHash);
    expect(server.tracker.totals()).toMatchObject({ swarms: 0 });
  });

  it('asks later when it cannot find out whether a hash is known', async () => {
    const server = await start();
    server.known.has = () => Promise.reject(new Error('secret of the database'));
    expect(await (await peer(server)).join(server.infoHash)).toMatchObject({
      'failure reason': 'the tracker is busy, try again',
    });
  });
});
