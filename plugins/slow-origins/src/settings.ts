import { z } from 'zod';

/** Of one video; more are not remembered. */
export const MAX_VIEWERS = 20;

export const settings = z.object({
  viewers: z
    .number()
    .int()
    .min(1)
    .max(MAX_VIEWERS)
    .default(2)
    .describe('Viewers on this instance from which on a video counts as being watched.'),
  windowMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe('Minutes that a viewer counts. Who goes on watching is told once an hour.'),
  timesBitRate: z
    .number()
    .min(0.1)
    .max(100)
    .default(2)
    .describe('An origin is slow for a file when it gives less than so many times what playing it takes.'),
  slowBelow: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(0)
    .describe('Bytes per second below which an origin is slow, whatever the file. 0: timesBitRate decides.'),
  measureEveryMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(15)
    .describe('Minutes between two measures of an origin, while something of it is watched.'),
  sampleKib: z
    .number()
    .int()
    .min(16)
    .max(8192)
    .default(1024)
    .describe('KiB of a file that one measure fetches.'),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('Seconds that this may take; an origin that takes longer is slow.'),
  strategy: z
    .string()
    .max(60)
    .default('slow-origins')
    .describe(
      'Name of a cache strategy that takes nothing but what is watched while its origin is slow. In all others that comes first.',
    ),
  score: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('What is added to the score of such a file; other plugins add theirs.'),
  mostVideos: z
    .number()
    .int()
    .min(1)
    .max(300)
    .default(200)
    .describe('Videos whose viewers are remembered; those that were watched last stay.'),
  mostOrigins: z
    .number()
    .int()
    .min(1)
    .max(5000)
    .default(500)
    .describe('Origins whose speed is remembered; those that were measured last stay.'),
});

export type Settings = z.output<typeof settings>;
