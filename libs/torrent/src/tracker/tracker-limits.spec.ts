import { describe, expect, it } from '@jest/globals';
import { binary, until, useTrackerLab } from '../../testing/index.js';

const UNKNOWN = 'f'.repeat(40);

describe('the tracker, with peers that want too much,', () => {
  const { start, peer } = useTrackerLab();

  it('refuses too many announces for one hash from one network, and only those', async () => {
    const server = await start({ maxAnnouncesPerMinute: 3 });
    const [a, b] = [await peer(server, '2001:db8::1'), await peer(server, '2001:db8:0:0:ffff::2')];
    const plain = { offers: undefined };
    for (const each of [a, b, a]) expect(await each.join(server.infoHash, plain)).toHaveProperty('interval');
    expect(await b.join(server.infoHash, plain)).toMatchObject({
      'failure reason': 'too many announces, wait a minute',
    });
    const elsewhere = await peer(server, '2001:db8:1::1');
    expect(await elsewhere.join(server.infoHash)).toHaveProperty('interval');
  });

  it('lets one socket join only so many swarms at a time', async () => {
    const server = await start({ maxHashesPerSocket: 2 });
    const hashes = ['1', '2', '3'].map((digit) => digit.repeat(40));
    hashes.forEach((infoHash) => server.known.hashes.add(infoHash));
    const one = await peer(server);
    await one.join(hashes[0]!);
    await one.join(hashes[1]!);
    expect(await one.join(hashes[2]!)).toMatchObject({ 'failure reason': 'too many swarms on one socket' });
    await one.join(hashes[0]!, { event: 'stopped' });
    expect(await one.join(hashes[2]!)).toHaveProperty('interval');
  });

  it('closes a socket that talks too much', async () => {
    const server = await start({ maxMessagesPerMinute: 20 });
    const one = await peer(server);
    for (let count = 0; count < 30; count += 1) one.announce(UNKNOWN);
    expect(await one.untilClosed()).toEqual({ code: 1008, reason: 'too many messages' });
  });

  it('answers a ping, and closes a socket that pings too much', async () => {
    const server = await start({ maxMessagesPerMinute: 20 });
    const one = await peer(server);
    let pongs = 0;
    one.socket.on('pong', () => (pongs += 1));
    for (let count = 0; count < 30; count += 1) one.socket.ping('x'.repeat(125));
    expect(await one.untilClosed()).toEqual({ code: 1008, reason: 'too many messages' });
    expect(pongs).toBe(20);
  });

  it('closes a socket that asks and asks and never reads, before its answers fill the memory', async () => {
    const server = await start({ maxMessagesPerMinute: 1_000_000 });
    const one = await peer(server);
    one.socket.pause();
    const info_hash = Array.from({ length: 50 }, (_, index) => binary(index.toString(16).padStart(40, '0')));
    const asking = setInterval(() => {
      for (let count = 0; count < 100; count += 1) one.send({ action: 'scrape', info_hash });
    });
    await until(() => server.tracker.totals().sockets === 0, 'the socket to be closed').finally(() =>
      clearInterval(asking),
    );
  });

  it('closes a socket that sends one message in endless empty fragments', async () => {
    const server = await start();
    const one = await peer(server);
    const fragment = { fin: false, compress: false };
    for (let count = 0; count < 20_000; count += 1) one.socket.send('', fragment);
    expect(await one.untilClosed()).toMatchObject({ code: 1008 });
    expect(server.tracker.totals().sockets).toBe(0);
  });

  it('closes a socket whose message is too large', async () => {
    const server = await start({ maxMessageBytes: 1000 });
    const one = await peer(server);
    one.send('x'.repeat(1001));
    expect(await one.untilClosed()).toMatchObject({ code: 1009 });
  });

  it('opens only so many sockets for one network', async () => {
    const server = await start({ maxSocketsPerAddress: 2 });
    const first = await peer(server);
    await peer(server);
    await expect(peer(server)).rejects.toThrow('answered 429');
    await expect(peer(server, '192.0.2.9')).resolves.toBeDefined();
    first.close();
    await until(() => server.tracker.totals().sockets === 2, 'the closed socket to be counted off');
    await expect(peer(server)).resolves.toBeDefined();
  });
});
