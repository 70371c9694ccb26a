import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { FfmpegError } from './ffmpeg-error.js';
import { FfmpegRunner } from './ffmpeg-runner.service.js';

const SECRET = 'a line that only the server may read';
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const testWithFfmpeg = hasFfmpeg || process.env.CI === 'true' ? test : test.skip;
const ENCODED = ['-c:v', 'libx264', '-preset', 'ultrafast', '-f', 'mp4'];

/** What the checks before it refuse is given to it all the same: each layer must hold alone. */
describe('ffmpeg as we run it', () => {
  const runner = new FfmpegRunner(loadConfig({}));
  let folder: string;
  let canary: Server;
  let connections = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vidiverse-runner-'));
    await writeFile(join(folder, 'secret'), SECRET);
    canary = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    canary.close();
    await rm(folder, { recursive: true, force: true });
  });

  const path = (name: string) => join(folder, name);
  const write = async (name: string, text: string) => {
    await writeFile(path(name), text);
    return path(name);
  };
  const playlist = (url: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`;
  const remote = () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/clip.ts`;
  const clip = () => {
    const source = 'testsrc2=size=320x240:rate=25:duration=20';
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...ENCODED, path('clip.mp4')]);
    return path('clip.mp4');
  };

  for (const demuxer of ['mov', 'hls', 'concat', 'avi']) {
    testWithFfmpeg(`opens nothing else for a playlist, taken as ${demuxer}`, async () => {
      for (const url of [remote(), `file://${path('secret')}`, path('secret'), 'secret']) {
        const lists = demuxer === 'concat' ? `ffconcat version 1.0\nfile '${url}'\n` : playlist(url);
        const input = await write('list.mp4', lists);
        const output = [...ENCODED, `file:${path('out.mp4')}`];
        const run = runner.run({ info: { demuxer, duration: 1 }, input, output });
        await expect(run).rejects.toThrow(FfmpegError);
        await expect(runner.probe(demuxer, input)).rejects.toThrow(FfmpegError);
        const made = await readFile(path('out.mp4'), 'utf8').catch(() => '');
        expect(made).not.toContain(SECRET);
      }
      expect(connections).toBe(0);
    });
  }

  testWithFfmpeg('takes a name for a file, whatever it looks like', async () => {
    for (const input of [remote(), 'concat:a|b', '-i', 'pipe:0', '/dev/tcp/127.0.0.1/1'])
      await expect(runner.probe('mov', input)).rejects.toThrow(FfmpegError);
    expect(connections).toBe(0);
  });

  testWithFfmpeg('decodes no picture larger than the limit', async () => {
    const small = new FfmpegRunner(
      loadConfig({ VIDIVERSE_MEDIA_LIMITS_MAX_WIDTH: '100', VIDIVERSE_MEDIA_LIMITS_MAX_HEIGHT: '100' }),
    );
    const info = { demuxer: 'mov', duration: 1 };
    const output = ['-frames:v', '1', '-f', 'image2', `file:${path('large.jpg')}`];
    await expect(small.run({ info, input: clip(), output })).rejects.toThrow(FfmpegError);
  });

  testWithFfmpeg('writes no more than the limit, and says which', async () => {
    const small = new FfmpegRunner(loadConfig({ VIDIVERSE_MEDIA_LIMITS_MAX_OUTPUT_SIZE: '20000' }));
    const output = [...ENCODED, `file:${path('large.mp4')}`];
    const run = small.run({ info: { demuxer: 'mov', duration: 20 }, input: clip(), output });
    await expect(run).rejects.toThrow(/maxOutputSize/);
  });

  testWithFfmpeg('tells how far it is, and stops when it is told to, with the reason given', async () => {
    const info = { demuxer: 'mov', duration: 20 };
    const output = [...ENCODED, `file:${path('out.mp4')}`];
    const seen: number[] = [];
    await runner.run({ info, input: clip(), output, onProgress: (percent) => seen.push(percent) });
    expect(seen.at(-1)).toBeGreaterThan(95);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));

    const stop = new AbortController();
    const reason = new Error('enough');
    const run = runner.run({ info, input: clip(), before: ['-re'], output, signal: stop.signal });
    setImmediate(() => stop.abort(reason));
    await expect(run).rejects.toBe(reason);
  });

  test('that is not there is a reason, not a crash', async () => {
    const none = new FfmpegRunner(loadConfig({ VIDIVERSE_MEDIA_FFPROBE_PATH: '/nowhere/ffprobe' }));
    await expect(none.probe('mov', path('secret'))).rejects.toThrow(FfmpegError);
  });
});
