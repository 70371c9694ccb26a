import { z } from 'zod';
import { pageOf, pageQuery } from '../../shared/page.js';
import { booleanParam } from '../../shared/validation.js';

const instant = z.iso.datetime();

/** PeerTube's `PUT server/redundancy/{host}`. */
export const hostChange = z.object({
  redundancyAllowed: booleanParam.describe('Whether files of this instance may be cached here.'),
});
export type HostChange = z.output<typeof hostChange>;

export const hostParam = z.object({
  host: z
    .string()
    .max(255)
    .transform((host) => host.toLowerCase())
    .pipe(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be a host, such as video.example')),
});
export type HostParam = z.output<typeof hostParam>;

export const redundancyListQuery = pageQuery.extend({
  target: z
    .enum(['my-videos', 'remote-videos'])
    .describe('`my-videos`: copies that others offer; `remote-videos`: our copies of others’ videos.'),
  sort: z.enum(['name', '-name']).default('name'),
});
export type RedundancyListQuery = z.output<typeof redundancyListQuery>;

export const redundancyCreation = z.object({ videoId: z.coerce.number().int().positive() });
export type RedundancyCreation = z.output<typeof redundancyCreation>;

export const redundancyParam = z.object({ redundancyId: z.coerce.number().int().positive() });
export type RedundancyParam = z.output<typeof redundancyParam>;

const seedHealth = z.object({
  errors: z.int().describe('Failed checks in a row.'),
  failureRate: z.number().describe('Of its checks, the newest counting most: 0 never failed, 1 always.'),
  throughput: z.int().nullable().describe('Bytes per second; null before the first measurement.'),
  checkedAt: instant.nullable(),
  checkDueAt: instant.nullable().describe('When it is looked at again; null: not any more.'),
  lastError: z.string().nullable().describe('Why the last check failed.'),
});

const redundancyFile = z.object({
  id: z.int(),
  fileUrl: z.url(),
  strategy: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  expiresOn: instant.nullable(),
  size: z.int().describe('Bytes.'),
  state: z.string().describe('Beyond PeerTube.'),
  health: seedHealth.nullable().describe('Beyond PeerTube: of copies that others offer.'),
});

/** A video with its copies, in PeerTube's shape. */
export const videoRedundancySchema = z
  .object({
    id: z.int().describe('Of the video.'),
    name: z.string(),
    url: z.string(),
    uuid: z.string(),
    redundancies: z.object({
      files: z.array(redundancyFile),
      streamingPlaylists: z.array(redundancyFile).describe('Always empty: HLS is not cached.'),
    }),
  })
  .meta({ id: 'VideoRedundancy' });
export type VideoRedundancyView = z.output<typeof videoRedundancySchema>;

export const videoRedundancyPageSchema = pageOf(videoRedundancySchema);
