import Bull from 'bull';
import { redisOptions } from './redis-options.js';

/** The row counts crashes, not Bull. */
const STALLED_WITHOUT_LIMIT = 1_000_000_000;

export interface BullQueueOptions {
  /** redis:// or rediss:// */
  url: string;
  prefix: string;
  /** Milliseconds. */
  lease: number;
}

/** A queue of Bull for one kind of job. */
export function openBullQueue<Data>(
  kind: string,
  { url, prefix, lease }: BullQueueOptions,
): Bull.Queue<Data> {
  const queue = new Bull<Data>(kind, {
    prefix,
    redis: redisOptions(url),
    settings: {
      lockDuration: lease,
      stalledInterval: Math.ceil(lease / 2),
      maxStalledCount: STALLED_WITHOUT_LIMIT,
      retryProcessDelay: 1000,
    },
  });
  tieLooseEnd(queue as unknown as Named);
  return queue;
}

interface Named {
  setWorkerName(): Promise<void>;
}

/**
 * `process` names the connection and looks at nothing that comes of it. A queue that is paused or closed in the same moment
 * ("Connection is closed.") would end this process by a rejection that nobody handles.
 */
function tieLooseEnd(queue: Named): void {
  const setWorkerName = queue.setWorkerName.bind(queue);
  queue.setWorkerName = () => setWorkerName().catch(() => undefined);
}
