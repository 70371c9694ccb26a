import { expect, test } from '@jest/globals';
import { ApiError } from '../api/api-error';
import { ResumableUpload, type UploadState } from './resumable-upload';
import type { Received, UploadTransport } from './upload-transport';

const VIDEO = { video: { id: 1, uuid: 'a-uuid', shortUUID: 'short' } };
const START = { name: 'A name', channelId: 1, privacy: 3, filename: 'a.mp4', lastModified: 1 };
const unreachable = () => ApiError.unreachable();
const answer = (status: number, code = 'error', retryAfter: number | null = null) =>
  new ApiError(status, code, `Status ${status}.`, {}, null, retryAfter);

/** The server's side of the protocol in memory; `faults` are thrown by the next requests, `keeps` bytes of a failing chunk arrive. */
class ServerInMemory implements UploadTransport {
  bytes: number[] = [];
  requests: string[] = [];
  faults: Array<{ on: string; error: Error; keeps?: number }> = [];
  size = 0;

  async start(_start: unknown, size: number) {
    this.size = size;
    this.note('start');
    return { ...this.received(), url: '/upload' };
  }

  async send(_url: string, blob: Blob, first: number, _total: number, onProgress: (sent: number) => void) {
    const chunk = [...new Uint8Array(await blob.arrayBuffer())];
    const fault = this.faults[0]?.on === 'send' ? this.faults[0] : undefined;
    if (fault) this.bytes = this.bytes.concat(chunk.slice(0, fault.keeps ?? 0));
    this.note('send');
    if (first !== this.bytes.length) throw answer(409, 'range_mismatch');
    this.bytes = this.bytes.concat(chunk);
    onProgress(chunk.length);
    return this.received();
  }

  async probe() {
    this.note('probe');
    return this.received();
  }

  async cancel() {
    this.note('cancel');
  }

  private note(request: string): void {
    this.requests.push(request);
    if (this.faults[0]?.on === request) throw this.faults.shift()!.error;
  }

  private received(): Received {
    return this.bytes.length === this.size ? VIDEO : { received: this.bytes.length };
  }
}

/** An upload of `size` bytes whose waits end at once, except those without an end. */
function newUpload(size = 900_000) {
  const server = new ServerInMemory();
  const content = Uint8Array.from({ length: size }, (_, index) => index % 251);
  const states: UploadState[] = [];
  const waits: number[] = [];
  let now = 0;
  const upload = new ResumableUpload(new Blob([content]), START, server, {
    maxChunkSize: 256 * 1024,
    wait: (ms, signal) => {
      if (Number.isFinite(ms)) return Promise.resolve(void waits.push(ms));
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
    now: () => (now += 100),
    onChange: (state) => {
      states.push(state);
      onChange(state);
    },
  });
  let onChange: (state: UploadState) => void = () => {};
  return {
    server,
    upload,
    content,
    states,
    waits,
    whenChanged: (listener: typeof onChange) => (onChange = listener),
  };
}

test('every byte arrives once and in order', async () => {
  const { server, upload, content } = newUpload();
  upload.release();
  expect(await upload.run()).toEqual(VIDEO);
  expect(Buffer.from(server.bytes).equals(content)).toBe(true);
});

test('the end of the file is held back until it is released', async () => {
  const { server, upload, whenChanged } = newUpload();
  const held = new Promise<number>((resolve) =>
    whenChanged(({ phase }) => phase === 'held' && resolve(server.bytes.length)),
  );
  const run = upload.run();
  expect(await held).toBe(900_000 - 64 * 1024);
  upload.release();
  expect(await run).toEqual(VIDEO);
});

test('after a lost connection it asks what has arrived and goes on there', async () => {
  const { server, upload, content, states } = newUpload();
  server.faults.push(
    { on: 'send', error: unreachable(), keeps: 70_000 },
    { on: 'probe', error: unreachable() },
  );
  upload.release();
  await upload.run();
  expect(Buffer.from(server.bytes).equals(content)).toBe(true);
  expect(server.requests.slice(0, 5)).toEqual(['start', 'send', 'probe', 'probe', 'send']);
  expect(states.some(({ phase, problem }) => phase === 'waiting' && problem?.code === 'network')).toBe(true);
});

test('waits double up to half a minute, and a server that names a time is obeyed', async () => {
  const { server, upload, waits } = newUpload();
  for (let i = 0; i < 7; i++) server.faults.push({ on: 'start', error: unreachable() });
  server.faults.push({ on: 'start', error: answer(503, 'busy', 77) });
  upload.release();
  await upload.run();
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 77_000]);
});

test('an upload that the server has forgotten begins anew', async () => {
  const { server, upload, content } = newUpload();
  server.faults.push({ on: 'send', error: answer(404) });
  upload.release();
  await upload.run();
  expect(server.requests.slice(0, 3)).toEqual(['start', 'send', 'start']);
  expect(Buffer.from(server.bytes).equals(content)).toBe(true);
});

test.each([400, 401, 403, 413, 415, 422])(
  'a refusal with status %i ends it, and it may be run again',
  async (status) => {
    const { server, upload } = newUpload();
    server.faults.push({ on: 'start', error: answer(status) });
    upload.release();
    await expect(upload.run()).rejects.toMatchObject({ status });
    expect(await upload.run()).toEqual(VIDEO);
  },
);

test('a server that only answers errors is left after ten tries', async () => {
  const { server, upload } = newUpload();
  for (let i = 0; i < 20; i++) server.faults.push({ on: 'start', error: answer(500) });
  await expect(upload.run()).rejects.toMatchObject({ status: 500 });
  expect(server.requests).toHaveLength(11);
});

test('a pause stops the sending, a resumption goes on where the server is', async () => {
  const { server, upload, content, whenChanged } = newUpload();
  const paused = new Promise<void>((resolve) =>
    whenChanged(({ phase, sent }) => {
      if (phase === 'paused') resolve();
      else if (sent > 300_000) {
        whenChanged(({ phase: next }) => next === 'paused' && resolve());
        upload.pause();
      }
    }),
  );
  upload.release();
  const run = upload.run();
  await paused;
  upload.resume();
  await run;
  expect(Buffer.from(server.bytes).equals(content)).toBe(true);
});

test('a cancelled upload ends here and on the server', async () => {
  const { server, upload, whenChanged } = newUpload();
  whenChanged(({ phase }) => phase === 'held' && void upload.cancel());
  await expect(upload.run()).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.requests.at(-1)).toBe('cancel');
});
