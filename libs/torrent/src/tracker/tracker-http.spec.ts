import { describe, expect, it } from '@jest/globals';
import { announceQuery, useTrackerLab } from '../../testing/index.js';

const UNKNOWN = 'f'.repeat(40);

describe('the tracker, by HTTP,', () => {
  const { start, peer } = useTrackerLab();

  it('lists the HTTP peers of the swarm with the address they came from, whatever they claim', async () => {
    const server = await start();
    await server.announceByHttp(
      announceQuery(server.infoHash, '&ip=203.0.113.7&ipv4=203.0.113.7'),
      '192.0.2.1',
    );
    const answer = await server.announceByHttp(announceQuery(server.infoHash, '&compact=0'), '192.0.2.2');
    expect(answer).toContain('192.0.2.1');
    expect(answer).not.toContain('203.0.113.7');
  });

  it('shows nobody the address of a web socket peer', async () => {
    const server = await start();
    await (await peer(server, '198.51.100.77')).join(server.infoHash);
    for (const trick of ['', '&socket=1', '&%73ocket=1', '&type=ws', '&offers=a'])
      expect(await server.announceByHttp(announceQuery(server.infoHash, `&compact=0${trick}`))).not.toContain(
        '198.51.100.77',
      );
  });

  it('refuses an unknown hash and keeps nothing of it', async () => {
    const server = await start();
    expect(await server.announceByHttp(announceQuery(UNKNOWN))).toContain('unknown info hash');
    expect(server.tracker.totals()).toMatchObject({ swarms: 0 });
  });

  it('scrapes named hashes and refuses to list all', async () => {
    const server = await start();
    await server.announceByHttp(announceQuery(server.infoHash));
    const asked = `info_hash=${server.infoHash.replace(/../g, '%$&')}`;
    expect(await server.scrapeByHttp(asked)).toContain('10:incompletei1e');
    expect(await server.scrapeByHttp('')).toContain('failure reason');
    expect(await server.scrapeByHttp(Array(51).fill(asked).join('&'))).toContain('failure reason');
  });

  it('gives an HTTP peer a fifth of the announces of a web socket peer', async () => {
    const server = await start({ maxAnnouncesPerMinute: 10 });
    const answers = [];
    for (let count = 0; count < 3; count += 1)
      answers.push(await server.announceByHttp(announceQuery(server.infoHash)));
    expect(answers.map((answer) => answer.includes('too many announces'))).toEqual([false, false, true]);
  });
});
