import { readHostPattern } from '@vidiverse/hooks';
import { z } from 'zod';

const pattern = z
  .string()
  .max(261)
  .refine((written) => readHostPattern(written) !== null, 'must be a host, or *. and a host')
  .transform((written) => readHostPattern(written)!);

export const settings = z.object({
  lists: z
    .array(
      z
        .string()
        .max(2000)
        .regex(/^https?:\/\/\S+$/, 'must be an address that begins with https://'),
    )
    .max(50)
    .default([])
    .describe(
      'Addresses of block lists: JSON as PeerTube’s lists for automatic muting, a CSV export of Mastodon, or text with one host a line.',
    ),
  intervalHours: z
    .number()
    .int()
    .min(1)
    .max(720)
    .default(6)
    .describe('Hours between two looks at the lists.'),
  activities: z
    .enum(['refuse', 'hold'])
    .default('refuse')
    .describe('What happens to activities of hosts on a list: dropped, or tried again a few times.'),
  takesSilenced: z
    .boolean()
    .default(false)
    .describe('Also takes hosts that a list of Mastodon only silences, and does not suspend.'),
  exceptions: z
    .array(pattern)
    .max(5000)
    .default([])
    .describe('Hosts that are not blocked whatever a list says; *.example.org is all below example.org.'),
});

export type Settings = z.output<typeof settings>;
