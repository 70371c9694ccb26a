import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { FfmpegError, reasonOf, type Stop } from './ffmpeg-error.js';
import { underLimits } from './limited-command.js';
import type { MediaInfo } from './media-info.js';

const STDERR_KEPT = 4000;
/** ffprobe's answer about a file of many streams is far below this. */
const MAX_ANSWER = 4 * 1024 * 1024;
const MICROSECONDS = 1_000_000;

export interface FfmpegRun {
  /** The inspected input; its demuxer is the only one that may open it. */
  info: Pick<MediaInfo, 'demuxer' | 'duration'>;
  input: string;
  /** Arguments before `-i`, such as `-ss`. */
  before?: string[];
  /** Arguments of the output. */
  output: string[];
  signal?: AbortSignal;
  /** 0 to 100. */
  onProgress?: (percent: number) => void;
}

interface Command {
  file: string;
  parameters: string[];
  /** Seconds of media, from which the time limit follows. */
  duration: number;
  signal?: AbortSignal;
  onOutput: (text: string) => void;
}

/**
 * Runs ffmpeg on hostile input: one allowed demuxer, local files and pipes as the only protocols, limits on time, memory
 * and output, a low priority, a process group of its own that is killed as a whole.
 */
@Injectable()
export class FfmpegRunner {
  constructor(private readonly config: Config) {}

  /** @throws FfmpegError with a reason for the video's owner; the signal's reason when it was aborted */
  async run({ info, input, before = [], output, signal, onProgress }: FfmpegRun): Promise<void> {
    const { threads } = this.config.media.transcoding;
    await this.start({
      file: this.config.media.ffmpegPath,
      parameters: [
        ...['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', '-progress', 'pipe:1'],
        // Each thread takes address space, of which there is a limit: not one per core.
        ...['-threads', String(threads), '-filter_threads', String(threads)],
        ...before,
        ...this.guardedInput(info.demuxer, input),
        ...output,
      ],
      duration: info.duration,
      signal,
      onOutput: progressReader(info.duration, onProgress),
    });
  }

  /** ffprobe's JSON about a file. @throws FfmpegError */
  async probe(demuxer: string, input: string): Promise<unknown> {
    let answer = '';
    await this.start({
      file: this.config.media.ffprobePath,
      parameters: [
        ...['-v', 'error', '-of', 'json', '-show_format', '-show_streams'],
        ...this.guardedInput(demuxer, input),
      ],
      duration: 0,
      onOutput: (text) => {
        if (answer.length + text.length > MAX_ANSWER)
          throw new FfmpegError('The file has more streams than can be described.');
        answer += text;
      },
    });
    return JSON.parse(answer || '{}');
  }

  private guardedInput(demuxer: string, input: string): string[] {
    const { maxWidth, maxHeight } = this.config.media.limits;
    return [
      ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', demuxer],
      // What the stream itself says, whatever the container claimed.
      ...['-max_pixels', String(maxWidth * maxHeight)],
      // `file:` keeps a name that begins with a dash or looks like a protocol from meaning anything else.
      ...['-f', demuxer, '-i', `file:${input}`],
    ];
  }

  private async start({ file, parameters, duration, signal, onOutput }: Command): Promise<void> {
    const { memory, maxOutputSize, minimumSeconds, secondsPerMediaSecond } = this.config.media.limits;
    const seconds = Math.max(minimumSeconds, duration * secondsPerMediaSecond);
    const cpuSeconds = seconds * (this.config.media.transcoding.threads + 1);
    const [command, all] = underLimits(file, parameters, { memory, cpuSeconds, fileSize: maxOutputSize });
    // Loaded when needed: an instance that makes nothing does not carry it.
    const { execa } = await import('execa');
    // Also of what was aborted while that was loaded.
    signal?.throwIfAborted();
    const child = execa(command, all, {
      detached: true,
      reject: false,
      buffer: false,
      env: { PATH: process.env.PATH ?? '' },
      extendEnv: false,
    });
    let stopped: Stop | undefined;
    const kill = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const stop = (why: Stop) => {
      stopped ??= why;
      kill();
    };
    const deadline = setTimeout(() => stop('deadline'), seconds * 1000);
    const abort = () => stop('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    let refusal: unknown;
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      try {
        onOutput(text);
      } catch (error) {
        refusal ??= error;
        kill();
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
    });
    try {
      const { exitCode, signal: by, failed, code } = await child;
      if (refusal) throw refusal;
      if (stopped === 'aborted') throw signal!.reason;
      if (failed) throw new FfmpegError(reasonOf({ stopped, exitCode, by, code, stderr, seconds }));
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', abort);
    }
  }
}

/** Reads `-progress`: lines of `key=value`, which may arrive in parts. */
function progressReader(duration: number, onProgress: FfmpegRun['onProgress']): (text: string) => void {
  if (!onProgress || !(duration > 0)) return () => undefined;
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const reached = /^out_time_us=(\d+)/.exec(line)?.[1];
      if (reached) onProgress(Math.min(100, (Number(reached) / MICROSECONDS / duration) * 100));
    }
  };
}
