import { z } from 'zod';
import { CACHE_STRATEGIES, cacheStrategiesSchema } from '../../config/cache-strategy.js';
import { pageOf, pageQuery } from '../../shared/page.js';

/** What is left out stays as it is. */
export const cachePolicyChange = z.strictObject({
  enabled: z.boolean().optional(),
  strategies: cacheStrategiesSchema.optional(),
});
export type CachePolicyChange = z.output<typeof cachePolicyChange>;

export const cachePolicySchema = z
  .object({
    enabled: z.boolean(),
    strategies: z.array(
      z.object({
        kind: z.enum(CACHE_STRATEGIES),
        name: z.string(),
        budget: z.int().describe('Bytes.'),
        minLifetime: z.int().describe('Seconds.'),
        minViews: z.int().optional(),
        channels: z.array(z.string()).optional(),
        host: z.string().optional(),
      }),
    ),
    hosts: z
      .array(z.object({ host: z.string(), redundancyAllowed: z.boolean() }))
      .describe('What was said of instances. Of others, only what is chosen by name is cached.'),
  })
  .meta({ id: 'CachePolicy' });
export type CachePolicyView = z.output<typeof cachePolicySchema>;

const addition = z.object({
  fileId: z.int(),
  title: z.string(),
  strategy: z.string(),
  rank: z.int().describe('Its place among what the strategy wants, from 1.'),
  size: z.int().describe('Bytes.'),
  reason: z.string(),
});

export const cachePreviewSchema = z
  .object({
    add: z.array(addition).describe('Fits beside all that is held and on its way.'),
    addLater: z.array(addition).describe('Comes once what must leave for it is gone.'),
    evict: z.array(
      z.object({
        copyId: z.int(),
        title: z.string().describe('Of its video, or the address of one that is gone.'),
        strategy: z.string(),
        size: z.int().describe('Bytes.'),
        reason: z.string(),
      }),
    ),
    budgets: z
      .array(z.object({ strategy: z.string(), budget: z.int(), used: z.int(), planned: z.int() }))
      .describe('Bytes; `planned` once all of it is done.'),
  })
  .meta({ id: 'CachePreview' });
export type CachePreviewView = z.output<typeof cachePreviewSchema>;

export const copyListQuery = pageQuery.extend({
  state: z.enum(['wanted', 'fetching', 'cached', 'evicting', 'failed']).optional(),
});
export type CopyListQuery = z.output<typeof copyListQuery>;

export const copySchema = z
  .object({
    id: z.int(),
    video: z.object({ uuid: z.string(), name: z.string().nullable(), url: z.string(), host: z.string() }),
    resolution: z.int(),
    size: z.int().describe('Bytes.'),
    strategy: z.string(),
    reason: z.string().describe('Why it was chosen, or why it goes.'),
    state: z.string().describe('`wanted`, `fetching`, `cached`, `evicting`, `failed`.'),
    verifiedBytes: z.int().describe('Of the pieces that are here and proven.'),
    bytesFrom: z.record(z.string(), z.int()).describe('Proven bytes by the seed that sent them.'),
    badSeeds: z.array(z.string()).describe('Seeds that sent wrong bytes.'),
    servedBytes: z.int().describe('Written now and then.'),
    error: z.string().nullable(),
    fileUrl: z.string().nullable().describe('Once it is whole.'),
    documentUrl: z.string().nullable().describe('What the origin says of the video, as it was kept.'),
    documentSignedBy: z
      .string()
      .nullable()
      .describe('The account whose Linked Data Signature the document has; null when the origin signs none.'),
    createdAt: z.iso.datetime(),
    cachedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().describe('Until when it is promised to others.'),
  })
  .meta({ id: 'CachedFile' });
export type CopyView = z.output<typeof copySchema>;

export const copyPageSchema = pageOf(copySchema);

/** As in PeerTube's `server/stats`, with what we add. */
export const redundancyStatsSchema = z.object({
  strategy: z.string(),
  totalSize: z.int().describe('Budget, bytes.'),
  totalUsed: z.int().describe('Bytes of whole copies.'),
  totalVideoFiles: z.int(),
  totalVideos: z.int(),
  totalHeld: z.int().describe('Beyond PeerTube: bytes with those on their way and those that leave.'),
  totalServed: z.int().describe('Beyond PeerTube: bytes that left this instance.'),
});
export type RedundancyStatsView = z.output<typeof redundancyStatsSchema>;
