import { afterEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMp4 } from '../support/media/index.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';
import { createUploadSuite, sha256, type UploadSuite } from '../support/upload-suite.js';
import {
  begin,
  probe,
  putChunk,
  putPart,
  putRest,
  storedFiles,
  until,
  uploaderOf,
  uploadForm,
} from '../support/uploads.js';

const MIB = 1024 * 1024;
const cleanups: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function server(options: Parameters<typeof createServerProcess>[0] = {}): Promise<ServerProcess> {
  const environment = { VIDIVERSE_ROLES: 'web', ...options.environment };
  const made = await createServerProcess({ ...options, environment });
  cleanups.push(() => made.remove());
  await made.start();
  return made;
}

async function suiteWith(environment: Record<string, string>): Promise<UploadSuite> {
  const suite = await createUploadSuite(environment);
  cleanups.push(() => suite.instance.close());
  return suite;
}

test('a server killed in the middle of an upload resumes where the bytes on disk end; the file is the same', async () => {
  const process = await server();
  const file = makeMp4({ size: { columns: 40, rows: 30 }, frames: 20 });
  const uploader = await uploaderOf(process);
  const location = await begin(uploader, file.length);
  const onDisk = () => bytesOnDisk(process, location);

  for (const kill of [1, 2, 3]) {
    const { arrived } = await probe(uploader, location, file.length);
    const sent = randomInt(MIB, 2 * MIB);
    const part = putPart(uploader, location, file, arrived, sent);
    await until(async () => (await onDisk()) > arrived, `bytes of part ${kill} on the disk`);
    await process.kill();
    await part.closed;
    const kept = await onDisk();
    await process.start();
    expect((await probe(uploader, location, file.length)).arrived).toBe(kept);
  }

  const { arrived } = await probe(uploader, location, file.length);
  expect((await putRest(uploader, location, file, arrived, MIB)).status).toBe(200);
  const originals = join(process.dataFolder, 'files/originals');
  const stored = await readdir(originals);
  expect(stored).toHaveLength(1);
  expect(sha256(await readFile(join(originals, stored[0]!)))).toBe(sha256(file));
});

test('a server killed at its last step makes one video of the upload, not two', async () => {
  const process = await server();
  const uploader = await uploaderOf(process);
  const before = (await fetchVideos(uploader)).total;
  const rounds = 4;
  for (let round = 0; round < rounds; round++) {
    const file = makeMp4({ seed: round + 10 });
    const location = await begin(uploader, file.length, { filename: `${round}.mp4`, name: `Round ${round}` });
    const last = putRest(uploader, location, file, 0, file.length).catch(() => null);
    await until(async () => (await bytesOnDisk(process, location)) !== 0, 'bytes on the disk');
    await new Promise((resolve) => setImmediate(resolve));
    await process.kill();
    await last;
    await process.start();
    const { arrived, body } = await probe(uploader, location, file.length);
    const video = body.video ?? (await putRest(uploader, location, file, arrived)).body.video;
    expect(video).toBeDefined();
  }
  expect((await fetchVideos(uploader)).total).toBe(before + rounds);
  expect(await readdir(join(process.dataFolder, 'files/originals'))).toHaveLength(rounds);
  expect(await readdir(join(process.dataFolder, 'uploads'))).toEqual([]);
});

test('an upload whose file was moved by a process that then died becomes one video all the same', async () => {
  const suite = await suiteWith({});
  const file = makeMp4();
  const location = await begin(suite, file.length);
  const id = location.split('=')[1]!;
  await writeFile(join(suite.instance.dataFolder, 'files/originals', id), file);
  const { status, body } = await probe(suite, location, file.length);
  expect(status).toBe(200);
  expect(await suite.originalHash(body.video!.uuid)).toBe(sha256(file));
  expect((await probe(suite, location, file.length)).body.video).toEqual(body.video);
});

test('uploads that were given up are removed, and files that belong to nothing', async () => {
  const suite = await suiteWith({
    VIDIVERSE_UPLOADS_SESSION_LIFETIME: '1',
    VIDIVERSE_UPLOADS_SWEEP_INTERVAL: '1',
  });
  const { dataFolder } = suite.instance;
  const longAgo = new Date(Date.now() - 2 * 3600_000);
  const orphan = '00000000-0000-4000-8000-000000000000';
  for (const path of [join(dataFolder, 'uploads', orphan), join(dataFolder, 'files/originals', orphan)]) {
    await writeFile(path, 'nobody’s');
    await utimes(path, longAgo, longAgo);
  }
  const kept = await uploadForm(suite, makeMp4());
  const file = makeMp4({ seed: 2 });
  const location = await begin(suite, file.length);
  await putChunk(suite, location, file.subarray(0, 10_000), 0, file.length);
  await until(async () => (await suite.traces()).sessions === 0, 'the session expires');
  await until(async () => (await storedFiles(dataFolder)).length === 1, 'only the video’s file is left');
  expect((await probe(suite, location, file.length)).status).toBe(404);
  await suite.originalHash(kept.body.video!.uuid);
});

test('a connection that sends nothing any more is cut, and its bytes are kept', async () => {
  const suite = await suiteWith({ VIDIVERSE_UPLOADS_IDLE_TIMEOUT: '1' });
  const file = makeMp4();
  const location = await begin(suite, file.length);
  await putPart(suite, location, file, 0, 50_000).closed;
  expect((await probe(suite, location, file.length)).arrived).toBeGreaterThan(0);
});

test('an instance stops while uploads are coming in', async () => {
  const suite = await suiteWith({});
  const file = makeMp4();
  const location = await begin(suite, file.length);
  const part = putPart(suite, location, file, 0, 50_000);
  await until(async () => (await bytesOnDisk(suite.instance, location)) > 0, 'bytes on the disk');
  const instance = await suite.instance.restart();
  cleanups.push(() => instance.close());
  cleanups.splice(0, 1);
  await part.closed;
  expect((await probe(suite, location, file.length)).arrived).toBeGreaterThan(0);
});

/** A full disk is a small one that is mounted. Only root may; elsewhere the test is named as skipped. */
const canMount = () =>
  spawnSync('sh', [
    '-c',
    'd=$(mktemp -d) && mount -t tmpfs none "$d" && umount "$d"; ok=$?; rmdir "$d"; exit $ok',
  ]).status === 0;

(canMount() ? test : test.skip)(
  'a full disk refuses a form and leaves nothing, keeps a session, and both go on with room',
  async () => {
    const disk = await mkdtemp(join(tmpdir(), 'vidiverse-small-'));
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', disk]);
    const dataFolder = join(disk, 'data');
    cleanups.push(async () => {
      spawnSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    });
    const process = await server({ dataFolder });
    const uploader = await uploaderOf(process);
    const file = makeMp4({ size: { columns: 40, rows: 30 }, frames: 20 });
    const location = await begin(uploader, file.length);
    await putChunk(uploader, location, file.subarray(0, MIB), 0, file.length);

    const filler = join(disk, 'filler');
    const filled = spawnSync('sh', ['-c', `head -c ${16 * MIB} /dev/zero > "${filler}"`]);
    expect(filled.status).toBe(0);
    const before = await storedFiles(dataFolder);
    const refused = await uploadForm(uploader, file);
    expect([refused.status, refused.body.code]).toEqual([507, 'insufficient_storage']);
    expect(await storedFiles(dataFolder)).toEqual(before);
    const stopped = await putRest(uploader, location, file, MIB, 8 * MIB);
    expect([stopped.status, stopped.body.code]).toEqual([507, 'insufficient_storage']);

    await rm(filler);
    const { arrived } = await probe(uploader, location, file.length);
    expect(arrived).toBeGreaterThanOrEqual(MIB);
    expect((await putRest(uploader, location, file, arrived, MIB)).status).toBe(200);
  },
  300_000,
);

const bytesOnDisk = ({ dataFolder }: { dataFolder: string }, location: string) =>
  stat(join(dataFolder, 'uploads', location.split('=')[1]!)).then(
    ({ size }) => size,
    () => -1,
  );

async function fetchVideos({
  address,
  token,
}: {
  address: string;
  token: string;
}): Promise<{ total: number }> {
  const response = await fetch(`${address}/api/v1/users/me/videos`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as { total: number };
}
