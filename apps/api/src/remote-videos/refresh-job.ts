import { defineJob } from '../jobs/job-queue.js';

/** Asks the origin of a video how it is now. The next one who opens it asks again when this fails. */
export const refreshVideo = defineJob<{ videoId: number }>({ name: 'remote-videos.refresh', attempts: 1 });
