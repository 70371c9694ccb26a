import { readHostPattern } from '@vidiverse/hooks';
import { z } from 'zod';

const pattern = z
  .string()
  .max(261)
  .refine((written) => readHostPattern(written) !== null, 'must be a host, or *. and a host')
  .transform((written) => readHostPattern(written)!);

export const settings = z.object({
  indexUrl: z
    .string()
    .max(2000)
    .regex(/^(https?:\/\/\S+)?$/, 'must be an address that begins with https://')
    .default('')
    .describe(
      'Address of the index: JSON as PeerTube’s index at /api/v1/instances/hosts, or text with one host a line. Empty: nothing is followed.',
    ),
  intervalHours: z.number().int().min(1).max(720).default(24).describe('Hours between two looks at it.'),
  followsPerDay: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(20)
    .describe('New follows in 24 hours at most; the others wait. As many follows are ended at most.'),
  neverFollow: z
    .array(pattern)
    .max(5000)
    .default([])
    .describe('Hosts that are never followed; *.example.org is all below example.org.'),
  unfollowsWhatLeft: z
    .boolean()
    .default(false)
    .describe('Ends the follows that this plugin has made, of hosts that are not in the index any more.'),
  dryRun: z.boolean().default(true).describe('Only says what it would do.'),
});

export type Settings = z.output<typeof settings>;
