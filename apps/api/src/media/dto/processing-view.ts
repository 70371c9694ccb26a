import { z } from 'zod';

/** How far a video is. */
export const processingSchema = z
  .object({
    state: z.object({ id: z.int(), label: z.string() }).describe('1 published, 2 to transcode, 8 failed.'),
    stages: z.array(
      z.object({
        name: z.enum(['probe', 'fast-start', 'thumbnail', 'rendition', 'torrent', 'publish']),
        label: z.string().describe('For people.'),
        status: z.enum(['waiting', 'running', 'done', 'skipped', 'failed']),
        progress: z.int().describe('0 to 100.'),
        message: z.string().nullable().describe('Why it failed or was skipped.'),
      }),
    ),
  })
  .meta({ id: 'Processing' });
export type ProcessingView = z.output<typeof processingSchema>;
