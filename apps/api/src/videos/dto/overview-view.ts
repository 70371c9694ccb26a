import { z } from 'zod';
import { channelSummarySchema } from '../../channels/dto/channel-view.js';
import { videoViewSchema } from './video-view.js';

const MAX_PAGE = 1000;

export const overviewQuery = z.object({ page: z.coerce.number().int().min(1).max(MAX_PAGE).default(1) });

const videos = z.array(videoViewSchema).describe('The latest first.');

/** PeerTube's overview: what a "discover" page shows. */
export const overviewSchema = z
  .object({
    categories: z.array(z.object({ category: z.object({ id: z.int(), label: z.string() }), videos })),
    tags: z.array(z.object({ tag: z.string(), videos })),
    channels: z.array(z.object({ channel: channelSummarySchema, videos })),
  })
  .meta({ id: 'Overview' });
export type OverviewView = z.output<typeof overviewSchema>;
