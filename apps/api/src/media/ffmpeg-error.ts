/** ffmpeg or ffprobe ended without success; the message is for the video's owner. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError';
}

/** Why we ended it ourselves. */
export type Stop = 'deadline' | 'aborted';

export interface FfmpegEnd {
  stopped?: Stop;
  exitCode?: number;
  /** The signal that ended it. */
  by?: string;
  /** Of the system when it could not be started, such as `ENOENT`. */
  code?: string;
  /** The end of what it said. */
  stderr: string;
  /** The time limit it had. */
  seconds: number;
}

/** A shell tells a signal as 128 + its number. */
const AS_SIGNAL = 128;
const SIGNALS: Record<number, string> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
};
const MEMORY = /cannot allocate memory|malloc.*failed|out of memory/i;

/** In words, without a path of ours. */
export function reasonOf({ stopped, exitCode = 0, by, code, stderr, seconds }: FfmpegEnd): string {
  if (stopped === 'deadline')
    return `Processing took longer than the limit of ${Math.round(seconds)} seconds and was stopped.`;
  const signal = by ?? SIGNALS[exitCode - AS_SIGNAL];
  if (signal === 'SIGXFSZ')
    return 'The converted file would be larger than the limit (media.limits.maxOutputSize).';
  if (signal === 'SIGXCPU') return 'Processing took more computing time than the limit and was stopped.';
  if (MEMORY.test(stderr)) return 'The file needs more memory than the limit (media.limits.memory).';
  if (signal) return `The media tool crashed on this file (${signal}).`;
  if (code) return `The media tool could not be started (${code}).`;
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const said = last.replace(/^(file:|\/)\S+: /, '').replaceAll(/file:\S+|(?<![\w/])\/\S+/g, 'the file');
  return `The media tool could not handle the file: ${said || `it ended with code ${exitCode}`}`;
}
