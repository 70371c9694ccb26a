import type { CacheCandidate } from '@vidiverse/hooks';
import type { OriginSpeed } from './origin-speeds.js';
import type { Settings } from './settings.js';

/** Bytes per second that a file of unknown length is taken to need: 2 Mbit/s. */
const USUAL_BIT_RATE = 250_000;

export interface Judgement {
  isSlow: boolean;
  /** Bytes per second from which on its origin is fast enough. */
  needs: number;
  /** For administrators. */
  why: string;
}

/** Whether an origin is slow for a file. One that was not measured is not slow. */
export function judgeFile(
  { size, duration }: Pick<CacheCandidate, 'size' | 'duration'>,
  origin: OriginSpeed | undefined,
  { slowBelow, timesBitRate }: Settings,
): Judgement {
  const bitRate = duration > 0 ? size / duration : USUAL_BIT_RATE;
  const needs = slowBelow > 0 ? slowBelow : Math.ceil(timesBitRate * bitRate);
  if (!origin) return { isSlow: false, needs, why: 'Its origin was not measured yet.' };
  const { speed, failed, problem } = origin;
  if (failed) return { isSlow: true, needs, why: `Its origin gave nothing: ${problem}` };
  if (speed === null) return { isSlow: false, needs, why: `Its origin cannot be measured: ${problem}` };
  return {
    isSlow: speed < needs,
    needs,
    why: `Its origin gives ${speed} bytes per second; below ${needs} it is slow.`,
  };
}
