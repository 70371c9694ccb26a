import { z } from 'zod';
import { seeds, caching } from './sections/caching.js';
import { federation } from './sections/federation.js';
import { uploads, media } from './sections/media.js';
import { interaction, followers, followings } from './sections/people.js';
import { plugins } from './sections/plugins.js';
import { log, database, redis, admin, instance, auth, http, users, jobs } from './sections/server.js';
import { tracker, webrtc, torrent, webSeed, feeds } from './sections/sharing.js';
import { url, listen, role, listOf } from './sections/values.js';

/**
 * The one schema of everything that can be configured. Each key can stand in the YAML file and in the
 * environment (`media.transcoding.enabled` is `VIDIVERSE_MEDIA_TRANSCODING_ENABLED`); docs/configuration.md is made from it.
 * Sizes are bytes, times are seconds, unless a name says otherwise.
 */
export const configSchema = z.strictObject({
  url: url
    .optional()
    .describe('Public base URL. Cannot change once other instances know it. Default: http:// + listen.'),
  listen: listen.default('127.0.0.1:9000').describe('Address and port of the HTTP server.'),
  data: z.string().min(1).default('./data').describe('Folder for everything that is kept.'),
  roles: listOf(role)
    .pipe(z.array(role).min(1))
    .default(['web', 'worker', 'tracker'])
    .describe('What this process does.'),
  trustedProxies: listOf(z.string())
    .default([])
    .describe('Addresses or CIDR ranges whose X-Forwarded-For is believed.'),
  log,
  database,
  redis,
  admin,
  instance,
  auth,
  http,
  users,
  uploads,
  media,
  jobs,
  tracker,
  webrtc,
  torrent,
  webSeed,
  feeds,
  seeds,
  caching,
  interaction,
  followers,
  followings,
  federation,
  plugins,
});

export type ConfigValues = Omit<z.output<typeof configSchema>, 'url'> & { url: string };
