import { z } from 'zod';

const instant = z.iso.datetime().describe('UTC, milliseconds.');

/** Who a video or comment is by, in PeerTube's short form. */
export const accountSummarySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    displayName: z.string(),
    url: z.url().describe('The page, and the ActivityPub id.'),
    host: z.string().describe('Host and port of the instance.'),
    avatars: z.array(z.never()),
  })
  .meta({ id: 'AccountSummary' });
export type AccountSummary = z.output<typeof accountSummarySchema>;

export const accountViewSchema = z
  .object({
    ...accountSummarySchema.shape,
    description: z.string().nullable(),
    hostRedundancyAllowed: z.boolean(),
    followingCount: z.int().describe('As far as this instance knows.'),
    followersCount: z.int().describe('As far as this instance knows.'),
    createdAt: instant,
    updatedAt: instant,
    userId: z.int().optional(),
  })
  .meta({ id: 'Account' });
export type AccountView = z.output<typeof accountViewSchema>;
