import { z } from 'zod';
import { MAX_URL_LENGTH } from '../../actors/actor.entity.js';

export const SEED_FAULTS = ['wrong-bytes', 'silent', 'failed'] as const;

export const seedReport = z
  .object({
    url: z.string().min(1).max(MAX_URL_LENGTH).describe('Of the seed, as the video’s file names it.'),
    fault: z
      .enum(SEED_FAULTS)
      .describe(
        '`wrong-bytes`: a piece does not have its hash. `silent`: it stopped sending. `failed`: anything else.',
      ),
    piece: z.int().min(0).max(10_000_000).optional().describe('Of `wrong-bytes`: the piece, counted from 0.'),
  })
  .meta({ id: 'SeedReport' });
export type SeedReport = z.output<typeof seedReport>;
