import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Stream {
  codec_type: string;
  codec_name: string;
  width?: number;
  height?: number;
  /** Seconds, as text. */
  start_time?: string;
  duration?: string;
  tags?: Record<string, string>;
  side_data_list?: Array<{ rotation?: number }>;
}

/** What ffprobe says of a file, and what only reading all of it shows. */
export interface ProbedFile {
  video: Stream;
  audio: Stream | undefined;
  streams: Stream[];
  /** Seconds. */
  duration: number;
  /** Seconds at which key frames are shown. */
  keyFrames: number[];
  /** Everything it carries beside picture and sound. */
  tags: Record<string, string>;
}

export async function probeFile(path: string): Promise<ProbedFile> {
  const ask = async (...args: string[]) =>
    JSON.parse((await run('ffprobe', ['-v', 'error', '-of', 'json', ...args, path])).stdout) as Record<
      string,
      unknown
    >;
  const { streams, format, chapters } = (await ask('-show_streams', '-show_format', '-show_chapters')) as {
    streams: Stream[];
    format: { duration: string; tags?: Record<string, string> };
    chapters: Array<{ tags?: Record<string, string> }>;
  };
  const { packets } = (await ask('-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags')) as {
    packets: Array<{ pts_time: string; flags: string }>;
  };
  return {
    streams,
    video: streams.find(({ codec_type: type }) => type === 'video')!,
    audio: streams.find(({ codec_type: type }) => type === 'audio'),
    duration: Number(format.duration),
    keyFrames: packets.filter(({ flags }) => flags.startsWith('K')).map(({ pts_time: at }) => Number(at)),
    tags: Object.assign({}, ...[format, ...streams, ...chapters].map(({ tags }) => tags)) as Record<
      string,
      string
    >,
  };
}

const SAMPLES = 16;

/** The first picture as a player shows it, in 16 x 16 shades of grey. */
export async function firstPicture(path: string): Promise<number[]> {
  const output = ['-frames:v', '1', '-vf', `scale=${SAMPLES}:${SAMPLES},format=gray`, '-f', 'rawvideo', '-'];
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, ...output], { encoding: 'buffer' });
  return [...stdout];
}

/** How far two pictures are apart: 0 for the same one, 255 for black and white. */
export const difference = (one: number[], other: number[]): number =>
  one.reduce((sum, shade, at) => sum + Math.abs(shade - other[at]!), 0) / one.length;

/** Decodes the whole file; what the decoder complained about. */
export async function playThrough(path: string): Promise<string> {
  return (await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'])).stderr;
}
