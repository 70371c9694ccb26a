import { test } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Is there an ffmpeg on the PATH? */
export const hasFfmpeg = (): boolean => spawnSync('ffmpeg', ['-version']).status === 0;

/** A test that needs ffmpeg: named as skipped without it, except in CI, where it must be there. */
export function testWithFfmpeg(name: string, body: () => Promise<void>, timeoutMs?: number): void {
  const runs = hasFfmpeg() || process.env.CI === 'true';
  (runs ? test : test.skip)(name, body, timeoutMs);
}

export interface Clip {
  /** Default 2. */
  seconds?: number;
  width?: number;
  height?: number;
  fps?: number;
  /** Bits per second of the picture; by default as the encoder likes. Sizes a file: 200 MB are 16 Mbit/s for 100 s. */
  bitrate?: number;
  /** What a camera writes beside picture and sound, such as `location`. */
  metadata?: Record<string, string>;
}

const sources = ({ seconds = 2, width = 640, height = 360, fps = 25 }: Clip) => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${fps}:duration=${seconds}`],
  ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
];

const x264 = ({ bitrate, fps = 25 }: Clip) => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', String(fps * 2)],
  // A test picture compresses too well to reach a bitrate unless the encoder fills up.
  ...(bitrate
    ? ['-b:v', `${bitrate}`, '-minrate', `${bitrate}`, '-maxrate', `${bitrate}`, '-bufsize', `${bitrate}`]
    : []),
  ...(bitrate ? ['-x264-params', 'nal-hrd=cbr'] : []),
  ...['-c:a', 'aac', '-b:a', '96k'],
];

const tags = ({ metadata = {} }: Clip) =>
  Object.entries(metadata).flatMap(([name, value]) => [
    ...['-metadata', `${name}=${value}`, '-metadata:s', `${name}=${value}`],
  ]);

const ffmpeg = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-y', ...args]);

/** A clip in whatever the output arguments of ffmpeg say. */
export async function makeClip(path: string, clip: Clip, ...output: string[]): Promise<void> {
  await ffmpeg(...sources(clip), ...output, ...tags(clip), path);
}

/** H.264 and AAC with the index at the end, as cameras and encoders write it. */
export async function makeH264Mp4(path: string, clip: Clip = {}): Promise<void> {
  await makeClip(path, clip, ...x264(clip), '-movflags', 'use_metadata_tags', '-f', 'mp4');
}

/** VP9 and Opus, as browsers record. */
export async function makeVp9Webm(path: string, clip: Clip = {}): Promise<void> {
  const vp9 = [
    '-c:v',
    'libvpx-vp9',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-b:v',
    `${clip.bitrate ?? 500_000}`,
  ];
  await makeClip(path, clip, ...vp9, '-c:a', 'libopus', '-f', 'webm');
}

export interface PhoneClip extends Clip {
  /** ffmpeg's name of the sound's encoder, such as `pcm_s16le`; AAC by default. */
  sound?: string;
}

/** A MOV held upright by its rotation mark, as phones write it: `width` x `height` are those before the turn. */
export async function makeRotatedMov(
  path: string,
  { sound = 'copy', ...clip }: PhoneClip = {},
): Promise<void> {
  const upright = `${path}.upright.mp4`;
  try {
    await makeH264Mp4(upright, clip);
    const tracks = ['-c:v', 'copy', '-c:a', sound, '-metadata:s:v:0', 'rotate=90'];
    await ffmpeg('-i', upright, ...tracks, ...tags(clip), '-f', 'mov', path);
  } finally {
    await rm(upright, { force: true });
  }
}

/** Sound without a picture. */
export async function makeAudio(path: string, seconds = 2): Promise<void> {
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=440:duration=${seconds}`,
    '-c:a',
    'aac',
    '-f',
    'mp4',
    path,
  );
}
