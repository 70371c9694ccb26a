import { z } from 'zod';
import { redundancyStatsSchema } from '../../caching/dto/caching.js';

/** The part of PeerTube's `server/stats` that this instance can answer truthfully. */
export const statsSchema = z
  .object({
    totalUsers: z.int(),
    totalLocalVideos: z.int(),
    totalVideos: z.int(),
    totalLocalVideoViews: z.int(),
    totalLocalVideoComments: z.int().describe('By users of this instance.'),
    totalVideoComments: z.int(),
    totalLocalVideoFilesSize: z.int().describe('Bytes.'),
    totalLocalVideoChannels: z.int(),
    videosRedundancy: z.array(redundancyStatsSchema).describe('What is cached of other instances.'),
  })
  .meta({ id: 'Stats' });
export type StatsView = z.output<typeof statsSchema>;
