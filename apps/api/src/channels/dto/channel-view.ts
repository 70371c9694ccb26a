import { z } from 'zod';
import { accountViewSchema } from '../../accounts/dto/account-view.js';
import { pageOf } from '../../shared/page.js';

const instant = z.iso.datetime().describe('UTC, milliseconds.');

/** Where a video is published, in PeerTube's short form. */
export const channelSummarySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    displayName: z.string(),
    url: z.url().describe('The page, and the ActivityPub id.'),
    host: z.string().describe('Host and port of the instance.'),
    avatars: z.array(z.never()),
  })
  .meta({ id: 'ChannelSummary' });
export type ChannelSummary = z.output<typeof channelSummarySchema>;

export const channelViewSchema = z
  .object({
    ...channelSummarySchema.shape,
    banners: z.array(z.never()),
    description: z.string().nullable(),
    support: z.string().nullable(),
    isLocal: z.boolean(),
    hostRedundancyAllowed: z.boolean(),
    followingCount: z.int().describe('As far as this instance knows.'),
    followersCount: z.int().describe('As far as this instance knows.'),
    createdAt: instant,
    updatedAt: instant,
    ownerAccount: accountViewSchema.optional(),
  })
  .meta({ id: 'VideoChannel' });
export type ChannelView = z.output<typeof channelViewSchema>;

export const createdChannelSchema = z
  .object({ videoChannel: z.object({ id: z.int() }) })
  .meta({ id: 'CreatedVideoChannel' });
export type CreatedChannelView = z.output<typeof createdChannelSchema>;

/** A page of channels, and what a search by address says beside. */
export const channelSearchPageSchema = pageOf(channelViewSchema).extend({
  remoteError: z
    .string()
    .optional()
    .describe('Beyond PeerTube: why the address that was searched for gave nothing, for people.'),
});
export type ChannelSearchPage = z.output<typeof channelSearchPageSchema>;
