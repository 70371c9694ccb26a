import { z } from 'zod';
import { KIB, MIB, seconds, bytes, count, quota, flag } from './values.js';

// The server itself: log, database, queue, people who run it.

export const log = z
  .strictObject({
    level: z.enum(['error', 'warn', 'log', 'debug', 'verbose']).default('log'),
    json: flag.default(false).describe('One JSON object per line instead of coloured text.'),
  })
  .prefault({});

export const database = z
  .strictObject({
    url: z
      .url({ protocol: /^(mysql|mariadb)$/, error: 'must be mysql://user:password@host:port/database' })
      .optional()
      .describe('MySQL or MariaDB. Absent: SQLite in the data folder.'),
    poolSize: count.max(200).default(10),
    lockTimeout: seconds
      .default(5)
      .describe('How long a write waits for another process that holds the SQLite file.'),
  })
  .prefault({});

export const redis = z
  .strictObject({
    url: z
      .url({ protocol: /^rediss?$/, error: 'must be redis://host:port' })
      .optional()
      .describe('Absent: the embedded queue.'),
    prefix: z
      .string()
      .min(1)
      .default('vidiverse')
      .describe('Key prefix, for several instances on one Redis.'),
  })
  .prefault({});

export const admin = z
  .strictObject({
    password: z
      .string()
      .min(8, 'must have at least 8 characters')
      .max(200)
      .optional()
      .describe('Password of root on the first start.'),
    email: z.email().default('root@localhost.localdomain'),
    setupLinkLifetime: seconds
      .default(30 * 60)
      .describe('How long the printed one-time set-up link is valid.'),
  })
  .prefault({});

export const instance = z
  .strictObject({
    name: z.string().min(1).max(120).default('Vidiverse'),
    shortDescription: z.string().max(250).default('Videos, carried together by everyone who watches.'),
    description: z.string().max(10_000).default(''),
    sampleVideo: flag
      .default(true)
      .describe('Publish the bundled clip on the first start, so that home is not empty.'),
  })
  .prefault({});

export const auth = z
  .strictObject({
    accessTokenLifetime: seconds.default(24 * 3600),
    refreshTokenLifetime: seconds.default(14 * 24 * 3600),
    refreshReuseGrace: z.coerce
      .number()
      .int()
      .min(0)
      .default(10)
      .describe(
        'A refresh token used twice ends the session, but not within so long: two tabs may ask at once.',
      ),
    sweepInterval: seconds.default(3600).describe('Pause between removals of tokens that have ended.'),
    loginAttempts: count.default(15).describe('Failed logins per address, and per account, in loginWindow.'),
    loginWindow: seconds.default(5 * 60),
  })
  .prefault({});

export const http = z
  .strictObject({
    jsonLimit: bytes.default(512 * KIB).describe('Largest JSON or form body.'),
    requestsPerWindow: count.default(500).describe('API requests per address in requestWindow.'),
    requestWindow: seconds.default(10),
    responseCacheAge: z.coerce
      .number()
      .int()
      .min(0)
      .default(1000)
      .describe(
        'Milliseconds for which visitors are answered alike while nothing is written here; 0: always anew.',
      ),
    responseCacheSize: bytes.default(16 * MIB).describe('Of all answers that are kept so.'),
  })
  .prefault({});

export const users = z
  .strictObject({
    videoQuota: quota.default(-1),
    videoQuotaDaily: quota.default(-1),
    maxChannels: count.default(20).describe('Channels of one account.'),
  })
  .prefault({});

export const jobs = z
  .strictObject({
    concurrency: count.default(2).describe('Jobs of one kind at once, unless the kind says less.'),
    lease: seconds.default(30).describe('A job of a process that died is free again after this time.'),
    pollInterval: z.coerce
      .number()
      .int()
      .positive()
      .default(1000)
      .describe('Milliseconds between looks at the database.'),
    crashLimit: count.default(3).describe('A job that killed its process this often is set aside.'),
    keepFinished: seconds.default(3 * 24 * 3600),
    maxPayload: bytes.default(64 * KIB).describe('Largest payload of one job, as JSON.'),
    shutdownGrace: seconds
      .default(3)
      .describe('A stopping process lets jobs finish this long, then as long to give up.'),
    reconcileInterval: z.coerce
      .number()
      .int()
      .positive()
      .default(5000)
      .describe('Milliseconds between checks that Redis knows every waiting job.'),
  })
  .prefault({});
