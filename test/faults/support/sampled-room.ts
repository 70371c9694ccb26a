import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { copiesOf } from '../../support/caching.js';
import type { FederatedProcess } from './federated-processes.js';

/** Milliseconds from one look to the next, unless the answer takes longer. */
const PAUSE = 100;

/** The most bytes that copies had at any look. */
export interface SampledRoom {
  /** By the API: whole, on their way, or leaving. */
  said: { looks: number; most: number };
  /** On the disk. A part of a file counts as the whole; `withParts`: looks at which there was one. */
  stored: { looks: number; most: number; withParts: number };
}

/** Looks again and again at what an instance caches while something else is done. */
export async function roomDuring(cache: FederatedProcess, work: () => Promise<void>): Promise<SampledRoom> {
  const said = { looks: 0, most: 0 };
  const stored = { looks: 0, most: 0, withParts: 0 };
  let isOver = false;
  const again = async (look: () => Promise<void> | void) => {
    while (!isOver) await Promise.all([look(), pause(PAUSE)]);
  };
  const lookAtApi = async () => {
    said.most = Math.max(said.most, await saidRoom(cache));
    said.looks += 1;
  };
  const lookAtDisk = () => {
    const { parts, bytes } = storedCopies(cache);
    stored.most = Math.max(stored.most, bytes);
    stored.looks += 1;
    if (parts > 0) stored.withParts += 1;
  };
  await Promise.all([again(lookAtApi), again(lookAtDisk), work().finally(() => (isOver = true))]);
  return { said, stored };
}

async function saidRoom({ root }: FederatedProcess): Promise<number> {
  const held = (await copiesOf(root)).filter(({ state }) => state !== 'failed');
  return held.reduce((sum, { size }) => sum + size, 0);
}

/** Parts first, since they become whole: a file that moves between the two folders is seen, and counts once. */
function storedCopies({ dataFolder }: FederatedProcess): { parts: number; bytes: number } {
  const sizes = new Map<string, number>();
  const [parts] = ['partial', 'redundancy'].map((area) => {
    const folder = join(dataFolder, 'files', area);
    const names = readdirSync(folder);
    for (const name of names) {
      const size = lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      sizes.set(name, Math.max(size, sizes.get(name) ?? 0));
    }
    return names.length;
  });
  return { parts: parts!, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}
