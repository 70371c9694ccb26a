import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { truncate } from 'node:fs/promises';
import { administratorOf } from '../support/client.js';
import type { ServerProcess } from '../support/server-process.js';
import { until } from '../support/uploads.js';
import { openDescriptors, openConnections, residentMemory, testOnLinux } from './support/process-figures.js';
import { ask, SlowReader } from './support/raw-http.js';
import { createServingProcess, type PublishedFile } from './support/swarm-suite.js';

const MIB = 1024 * 1024;
const SIZE = 64 * MIB;
const MEMORY = 16 * MIB;
const READERS = 200;
/** What the process may grow by besides the buffers: sockets, streams and garbage of so many clients. */
const SLACK_MIB = 64;

describe('the WebSeed, with clients that stop reading,', () => {
  let server: ServerProcess;
  let file: PublishedFile;

  beforeAll(async () => {
    const serving = await createServingProcess({ VIDIVERSE_WEB_SEED_MEMORY: `${MEMORY}` });
    ({ server, file } = serving);
    // Zeros that take no place on the disk; the file was not opened for reading yet.
    await truncate(serving.storedAt, SIZE);
  });
  afterAll(() => server.remove());

  const openReaders = (count: number, headers = {}) =>
    Promise.all(Array.from({ length: count }, () => SlowReader.open(file.fileUrl, headers)));

  async function served(): Promise<number> {
    const response = await fetch(`${server.address}/api/v1/videos/${file.uuid}/swarm`);
    const { files } = (await response.json()) as { files: Array<{ webSeedBytes: number }> };
    return files[0]!.webSeedBytes;
  }

  /** Every socket buffer is full: nothing leaves any more. */
  async function untilNothingMoves(): Promise<void> {
    let before = -1;
    let same = 0;
    await until(
      async () => {
        const now = await served();
        same = now === before ? same + 1 : 0;
        before = now;
        return now > 0 && same >= 10;
      },
      'nothing moves any more',
      300_000,
    );
  }

  testOnLinux(
    'holds one buffer for each of 200, serves others meanwhile, and gives each all when it reads on',
    async () => {
      await ask(file.fileUrl, { range: 'bytes=0-9' });
      const before = await residentMemory(server.pid);
      const part = 16 * MIB;
      const readers = await openReaders(READERS, { range: `bytes=0-${part - 1}`, connection: 'close' });
      await untilNothingMoves();
      const held = MEMORY / MIB + (READERS * 64) / 1024;
      expect((await residentMemory(server.pid)) - before).toBeLessThan(held + SLACK_MIB);

      const { status, body } = await ask(file.fileUrl, { range: `bytes=${SIZE - MIB}-` });
      expect([status, body.length]).toEqual([206, MIB]);

      for (const reader of readers) reader.read();
      await Promise.all(readers.map(({ closed }) => closed));
      for (const { taken } of readers) expect(taken).toBeGreaterThan(part);
      expect((await residentMemory(server.pid)) - before).toBeLessThan(held + SLACK_MIB);
    },
    300_000,
  );

  testOnLinux(
    'frees the descriptors of those who go away in the middle',
    async () => {
      const readers = await openReaders(READERS);
      const ports = readers.map(({ port }) => port);
      const connected = () => openConnections(server.pid, ports);
      await until(async () => (await connected()) === READERS, 'all are connected');
      await untilNothingMoves();
      for (const reader of readers) reader.abort();
      await until(async () => (await connected()) === 0, 'their sockets are closed');
      // The one that stays open for the next reader.
      const descriptors = await openDescriptors(server.pid);
      expect(descriptors.filter((target) => target.endsWith(file.filename))).toHaveLength(1);
    },
    300_000,
  );

  testOnLinux('closes the file of a deleted video also when somebody was in the middle of it', async () => {
    const [reader] = await openReaders(1);
    await untilNothingMoves();
    await (await administratorOf(server)).removeVideo(file.uuid);
    expect((await ask(file.fileUrl)).status).toBe(404);
    reader!.abort();
    await until(
      async () => !(await openDescriptors(server.pid)).some((target) => target.includes(file.filename)),
      'the file is closed',
    );
  });
});

describe('the WebSeed, with a client that stalled for as long as is configured,', () => {
  testOnLinux(
    'cuts it off and serves the next',
    async () => {
      const { server, file, storedAt } = await createServingProcess({
        VIDIVERSE_WEB_SEED_STALLED_AFTER: '1',
      });
      try {
        await truncate(storedAt, SIZE);
        const stalled = await SlowReader.open(file.fileUrl);
        const connected = () => openConnections(server.pid, [stalled.port]);
        await until(async () => (await connected()) === 1, 'it is connected');
        await until(async () => (await connected()) === 0, 'it is cut off');
        stalled.read();
        await stalled.closed;
        expect(stalled.taken).toBeLessThan(SIZE);
        expect((await ask(file.fileUrl)).body.length).toBe(SIZE);
      } finally {
        await server.remove();
      }
    },
    300_000,
  );
});
