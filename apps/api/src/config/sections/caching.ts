import { z } from 'zod';
import { cacheStrategiesSchema } from '../cache-strategy.js';
import { KIB, MIB, GIB, seconds, milliseconds, bytes, count, flag } from './values.js';

// Copies that others make of our videos, and we of theirs.

export const seeds = z
  .strictObject({
    acceptFrom: z
      .enum(['nobody', 'followings', 'anybody'])
      .default('anybody')
      .describe(
        'Whose copies of videos are listed once they are checked: "followings" are instances that this one follows. ' +
          'PeerTube calls it remote_redundancy.videos.accept_from.',
      ),
    maxPerFile: count.default(20).describe('Copies of one file that are kept in mind, listed or not.'),
    maxPerHost: count.default(5_000).describe('Copies that one cache instance may offer.'),
    samplePieces: count.max(100).default(3).describe('Pieces of a copy that one check fetches and hashes.'),
    checkTimeout: milliseconds
      .default(8_000)
      .describe('Milliseconds that a copy may take for one piece; one that takes longer fails.'),
    checkInterval: seconds.default(3600).describe('Pause between two checks of a copy that is listed.'),
    retryDelay: milliseconds
      .default(60_000)
      .describe('Milliseconds after a failed check; doubles with each further one, up to checkInterval.'),
    maxErrors: count.default(5).describe('Failed checks in a row after which a copy is dropped.'),
    keepDropped: seconds
      .default(24 * 3600)
      .describe('A copy that was dropped is not looked at again for so long, however often it is offered.'),
    maxTorrentSize: bytes
      .default(8 * MIB)
      .describe('Largest .torrent of a remote file that is fetched, to check copies of it or to make one.'),
    sweepInterval: milliseconds
      .default(5_000)
      .describe('Milliseconds between looks for copies that are due or over.'),
    reportsPerWindow: count
      .default(20)
      .describe('Reports of failed copies from one address in reportWindow.'),
    reportWindow: seconds.default(60),
    reportPause: seconds
      .default(30)
      .describe(
        'However many viewers report it, a copy is checked again so long after its last check at the earliest.',
      ),
  })
  .prefault({});

export const caching = z
  .strictObject({
    enabled: flag
      .default(false)
      .describe('Offer copies of other instances’ videos; false: none are made, and those there are go.'),
    strategies: cacheStrategiesSchema
      .default([])
      .describe('Which, in YAML only (docs/caching.md), until an administrator changes them by the API.'),
    manualBudget: bytes.default(10 * GIB).describe('Room for copies that an administrator asks for.'),
    maxCandidates: count
      .default(10_000)
      .describe('Files that one strategy looks at, the best first: it has no more copies than this.'),
    interval: milliseconds
      .default(60_000)
      .describe('Milliseconds between looks at what should be cached and what should go.'),
    promiseFor: seconds
      .default(2 * 24 * 3600)
      .describe('How long a copy is promised to others; the promise is renewed when half of it has passed.'),
    concurrency: count.max(20).default(2).describe('Files that one process fetches at once.'),
    connections: count.max(64).default(8).describe('Requests at once for one file, all seeds together.'),
    connectionsPerSeed: count.max(16).default(3).describe('Of these, to one seed.'),
    seeds: count.max(50).default(10).describe('Seeds that one file is fetched from, at most.'),
    requestSize: bytes
      .default(4 * MIB)
      .describe('Bytes of one request: so many whole pieces as fit, one at least.'),
    requestTimeout: milliseconds
      .default(60_000)
      .describe('Milliseconds for one request, above what maxBandwidth makes of it.'),
    maxBandwidth: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('Bytes per second that one process fetches; 0: no limit.'),
    timeLimit: seconds
      .default(600)
      .describe('One try to fetch a file may take so long, and longer by its size over minSpeed.'),
    minSpeed: bytes.default(64 * KIB).describe('Bytes per second.'),
    attempts: count
      .default(5)
      .describe('Tries to fetch a file; each goes on from the pieces that are there.'),
    retryDelay: milliseconds
      .default(10_000)
      .describe('Milliseconds after the first that failed; doubles with each further one.'),
    failedPause: milliseconds
      .default(6 * 3600_000)
      .describe('Milliseconds that a file is left alone which could not be had.'),
  })
  .prefault({});
