import { defineJob } from '../job-queue.js';

/** In a worker process this one never ends. */
export const endless = defineJob<{ text: string }>({ name: 'test.endless', attempts: 1 });

/** Ends at once. */
export const quick = defineJob<{ number: number }>({ name: 'test.quick', concurrency: 1 });
