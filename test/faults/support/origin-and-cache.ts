import { afterEach, beforeEach } from '@jest/globals';
import type { ServerProcess } from '../../support/server-process.js';
import { type FederatedProcess, startProcesses, untilQuiet } from './federated-processes.js';

export interface OriginAndCache {
  origin: FederatedProcess;
  /** It follows the origin. */
  cache: FederatedProcess;
}

/** Two server processes for each test of a file, and what they are once it begins; `limit` in milliseconds. */
export function useOriginAndCache(settings: Record<string, string>, limit: number): () => OriginAndCache {
  const started: ServerProcess[] = [];
  let both: OriginAndCache;
  beforeEach(async () => {
    const [origin, cache] = (await startProcesses(2, settings, started)) as [
      FederatedProcess,
      FederatedProcess,
    ];
    both = { origin, cache };
    await cache.root.follow({ hosts: [origin.host] });
    await untilQuiet([origin, cache], limit);
  }, limit);
  afterEach(async () => {
    for (const one of started.splice(0)) await one.remove();
  }, limit);
  return () => both;
}
