import { z } from 'zod';
import { KIB, MIB, stunServer, seconds, bytes, count, listOf } from './values.js';

// Swarms, WebSeeds and feeds.

export const tracker = z
  .strictObject({
    announceInterval: seconds.default(120),
    maxAnnouncesPerMinute: count.default(120).describe('Per address and info hash.'),
    maxHashesPerSocket: count.default(50),
    maxSocketsPerAddress: count.default(100).describe('An IPv6 network of /64 counts as one address.'),
    maxMessagesPerMinute: count
      .default(3000)
      .describe('Per socket, of any kind; a socket that says more is closed.'),
    maxMessageBytes: bytes.default(64 * KIB),
    maxOffers: count.default(10).describe('Offers of one announce that are handed on.'),
    heartbeat: seconds.default(60).describe('Pause between looks for sockets that are dead or silent.'),
  })
  .prefault({});

export const webrtc = z
  .strictObject({
    stunServers: z
      .preprocess((value) => (value === 'none' ? [] : value), listOf(stunServer))
      .default(['stun:stunserver2024.stunprotocol.org:3478'])
      .describe(
        'Tell browsers how they are seen from outside their network, without which viewers behind routers do not ' +
          'find each other; they learn addresses, not what is watched. "none": only viewers on one network share.',
      ),
  })
  .prefault({});

export const torrent = z
  .strictObject({
    largePieceFrom: bytes
      .default(100 * MIB)
      .describe('Files of this size and above get 1 MiB pieces, smaller ones 256 KiB.'),
  })
  .prefault({});

export const webSeed = z
  .strictObject({
    readSize: bytes
      .min(128 * KIB)
      .max(16 * MIB)
      .default(1 * MIB)
      .describe('Bytes per disk read while serving a file to a client that keeps up.'),
    memory: bytes
      .min(16 * MIB)
      .default(64 * MIB)
      .describe(
        'Bytes for these reads, all clients together; who comes beyond is served in pieces of 64 KiB.',
      ),
    stalledAfter: seconds.default(300).describe('A client that takes nothing for so long is cut off.'),
    fileTokenLifetime: seconds.default(4 * 3600).describe('Life of the token in a private file URL.'),
  })
  .prefault({});

export const feeds = z
  .strictObject({
    items: count.max(100).default(20).describe('Videos in a feed.'),
    maxAge: seconds.default(900).describe('Readers and caches may keep a feed as long.'),
  })
  .prefault({});
