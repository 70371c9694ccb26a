import type { EntityManager } from 'typeorm';
import { defineJob, type JobQueue } from '../jobs/job-queue.js';
import type { WebSeedEntity } from './web-seed.entity.js';

/** Checks of one process at once: none holds more than a chunk in memory. */
const CONCURRENCY = 4;

/** Looks whether a seed has the right bytes; `piece`: one that a viewer got wrong, looked at with the others. */
export const checkSeed = defineJob<{ seedId: number; piece: number | null }>({
  name: 'seeds.check',
  concurrency: CONCURRENCY,
  forgotten: true,
});

/** A seed is looked at once at a time, whoever asks. `delay`: milliseconds. */
export const addCheck = (
  queue: JobQueue,
  { id: seedId }: Pick<WebSeedEntity, 'id'>,
  { piece = null, delay, manager }: { piece?: number | null; delay?: number; manager?: EntityManager } = {},
): Promise<string> => queue.add(checkSeed, { seedId, piece }, { delay, manager, uniqueKey: String(seedId) });
