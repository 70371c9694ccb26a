import { z } from 'zod';
import { booleanParam } from '../../shared/validation.js';
import { videoSort } from '../../videos/dto/video-list-query.js';

/** What the address of a feed may end with, as in PeerTube, and what each stands for. */
export const FORMATS = {
  xml: 'rss',
  rss: 'rss',
  rss2: 'rss',
  atom: 'atom',
  atom1: 'atom',
  json: 'json',
  json1: 'json',
} as const;
export type FeedFormat = (typeof FORMATS)[keyof typeof FORMATS];

const id = z.coerce.number().int().positive().optional();
const handle = z.string().trim().min(1).max(320).optional();

export const feedParams = z.object({
  format: z.enum(Object.keys(FORMATS) as Array<keyof typeof FORMATS>),
});
export type FeedParams = z.output<typeof feedParams>;

/** Parameters of PeerTube’s feeds of videos; those unknown to us are left aside. */
export const feedQuery = z
  .object({
    accountId: id,
    accountName: handle.describe('`name` of this instance, or `name@host`.'),
    videoChannelId: id,
    videoChannelName: handle.describe('`name` of this instance, or `name@host`.'),
    sort: videoSort.prefault('-publishedAt').describe('Order; a leading - reverses it.'),
    nsfw: z.enum(['true', 'false', 'both']).default('both'),
    isLocal: booleanParam.optional(),
  })
  .refine(
    ({ accountId, accountName, videoChannelId, videoChannelName }) =>
      [accountId, accountName, videoChannelId, videoChannelName].filter(Boolean).length <= 1,
    'names one account or one channel',
  );
export type FeedQuery = z.output<typeof feedQuery>;
