import type { WebSeedEntity } from './web-seed.entity.js';

/** Weight of the newest check. */
const SMOOTHING = 0.3;
/** Between two looks at a seed that fails: this many times longer after each failure. */
const BACKOFF = 2;

export type SeedHealth = Pick<
  WebSeedEntity,
  'state' | 'errors' | 'failureRate' | 'throughput' | 'checkedAt' | 'checkDueAt' | 'lastError'
>;

export interface HealthOptions {
  /** Milliseconds between two looks at a seed that is well. */
  checkInterval: number;
  /** Milliseconds after the first failure; doubles with each further one, up to `checkInterval`. */
  retryDelay: number;
  /** Failures in a row after which a seed is dropped. */
  maxErrors: number;
}

/** Nobody has looked at it yet. */
export const newHealth = (now: Date): SeedHealth => ({
  state: 'unchecked',
  errors: 0,
  failureRate: 0,
  throughput: null,
  checkedAt: null,
  checkDueAt: now,
  lastError: null,
});

/** All the bytes that were looked at were right; they came with `bytesPerSecond`. */
export function healthAfterSuccess(
  { failureRate, throughput: known }: SeedHealth,
  bytesPerSecond: number,
  { checkInterval }: HealthOptions,
  now: Date,
): SeedHealth {
  const throughput = known === null ? bytesPerSecond : mix(known, bytesPerSecond);
  return {
    state: 'listed',
    errors: 0,
    failureRate: mix(failureRate, 0),
    throughput: Math.round(throughput),
    checkedAt: now,
    checkDueAt: later(now, checkInterval),
    lastError: null,
  };
}

/** Shown to nobody from the first failure on. */
export function healthAfterFailure(
  { errors: before, failureRate, throughput }: SeedHealth,
  reason: string,
  { checkInterval, retryDelay, maxErrors }: HealthOptions,
  now: Date,
): SeedHealth {
  const errors = before + 1;
  const isOver = errors >= maxErrors;
  const pause = Math.min(retryDelay * BACKOFF ** (errors - 1), checkInterval);
  return {
    state: isOver ? 'dropped' : 'quarantined',
    errors,
    failureRate: mix(failureRate, 1),
    throughput,
    checkedAt: now,
    checkDueAt: isOver ? null : later(now, pause),
    lastError: reason,
  };
}

/** Somebody does not want it, however well it is. */
export const healthAfterDecision = (
  reason: string,
  now: Date,
): Pick<SeedHealth, 'state' | 'checkedAt' | 'checkDueAt' | 'lastError'> => ({
  state: 'dropped',
  checkedAt: now,
  checkDueAt: null,
  lastError: reason,
});

const mix = (known: number, newest: number) => known * (1 - SMOOTHING) + newest * SMOOTHING;
const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds);
