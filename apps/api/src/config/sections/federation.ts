import { z } from 'zod';
import { KIB, MIB, seconds, milliseconds, bytes, count, flag } from './values.js';

// What is said to other servers, and heard of them.

export const federation = z
  .strictObject({
    enabled: flag.default(true).describe('false: this instance tells nobody and hears nobody.'),
    allowPrivatePeers: flag.default(false).describe('http and loopback peers, for tests and the demo.'),
    requireLinkedDataSignatures: flag
      .default(false)
      .describe('Refuse activities that carry no Linked Data Signature of their author.'),
    crawl: z
      .strictObject({
        maxPages: count
          .default(500)
          .describe('Pages of the outbox of a newly followed actor that are read, the newest first.'),
        maxItems: count.default(2000).describe('Older videos of it that are looked at.'),
      })
      .prefault({}),
    stalledAfter: milliseconds
      .default(5_000)
      .describe('Milliseconds without another byte of an answer after which it is given up.'),
    silentPause: milliseconds
      .default(60_000)
      .describe('Milliseconds that a server which did not answer is asked for nothing more.'),
    keepVerdicts: seconds
      .default(90 * 24 * 3600)
      .describe('How long the reasons of the follow policy can be looked up.'),
    delivery: z
      .strictObject({
        firstDelay: milliseconds
          .default(30_000)
          .describe('Milliseconds after the first failure of a host; doubles with each further one.'),
        maxDelay: milliseconds
          .default(24 * 3600_000)
          .describe('Milliseconds between two tries of a host that fails, at most.'),
        maxAge: milliseconds
          .default(8 * 24 * 3600_000)
          .describe('Milliseconds: what has waited longer is dropped when a try fails.'),
        breakerAfter: count.default(5).describe('Failures in a row from which on a host is only probed.'),
        breakerProbe: milliseconds
          .default(30 * 60_000)
          .describe('Milliseconds between two probes, at least.'),
        setAsideAfter: count
          .default(5)
          .describe(
            'What a host answered so often with an error of its own is set aside once it takes another delivery.',
          ),
        sweepInterval: milliseconds
          .default(5_000)
          .describe('Milliseconds between looks for hosts that are due and have no job.'),
        turn: milliseconds
          .default(10_000)
          .describe('Milliseconds that one host is sent to before others that wait have a turn.'),
        concurrency: count.max(200).default(50).describe('Hosts that one process sends to at once.'),
        keepDelivered: milliseconds
          .default(24 * 3600_000)
          .describe('Milliseconds that a delivery stays on record after it arrived.'),
        keepEnded: milliseconds
          .default(30 * 24 * 3600_000)
          .describe('Milliseconds that a refused or dropped delivery can be looked at and sent again.'),
      })
      .prefault({}),
    videos: z
      .strictObject({
        updateDelay: milliseconds
          .default(1_000)
          .describe(
            'Milliseconds in which changes of a video, such as files that are made, are told as one.',
          ),
        viewsInterval: milliseconds
          .default(30 * 60_000)
          .describe('Milliseconds between two Updates that only tell how often a video was viewed.'),
        ratesInterval: milliseconds
          .default(60_000)
          .describe(
            'Milliseconds in which likes and dislikes of a video are told as one Update: who gets it asks for their number.',
          ),
        viewsPerHostAndHour: count
          .default(1_000)
          .describe('Views of one video that are taken from one other instance in an hour.'),
        refreshAfter: milliseconds
          .default(2 * 24 * 3600_000)
          .describe('Milliseconds after which a remote video is asked for again when somebody opens it.'),
        reactionsAfter: milliseconds
          .default(60_000)
          .describe(
            'Milliseconds: of a video that is older when it comes here, likes and comments are asked for.',
          ),
        earlierComments: count.default(100).describe('Comments of such a video that are asked for, at most.'),
        imageCache: bytes
          .default(256 * MIB)
          .describe('Room for images of remote videos; those longest unused make way.'),
        maxImageSize: bytes.default(4 * MIB).describe('Largest image that is fetched from another instance.'),
      })
      .prefault({}),
    inbox: z
      .strictObject({
        maxBody: bytes.default(256 * KIB).describe('Largest body that other servers may send.'),
        maxActivities: count.default(20).describe('Activities that may come in one collection.'),
        clockSkew: milliseconds
          .default(30 * 60_000)
          .describe('Milliseconds that a sender’s clock may be off, either way.'),
        maxForwardedAge: milliseconds
          .default(10 * 24 * 3600_000)
          .describe('Milliseconds since it was signed that an activity may be handed on by others.'),
        maxRefusals: count
          .default(300)
          .describe('Refused requests per address in refusalWindow; then it is not heard until that ends.'),
        refusalWindow: milliseconds.default(10_000).describe('Milliseconds.'),
        keyFetches: count.default(20).describe('Actors’ keys that are asked for at once.'),
        keyFetchesWaiting: count.default(200).describe('Keys that wait for that; for more, senders wait.'),
        keyWait: milliseconds
          .default(5_000)
          .describe('Milliseconds that a request waits for a key. PeerTube gives up after 7 s.'),
        keyFailurePause: milliseconds
          .default(2 * 60_000)
          .describe('Milliseconds before a key is asked for again that could not be had.'),
        keyRefreshPause: milliseconds
          .default(5 * 60_000)
          .describe('Milliseconds before a key is asked for again that does not fit.'),
        concurrency: count.max(100).default(4).describe('Activities that one process handles at once.'),
        attempts: count.default(15).describe('Tries of an activity whose handling fails.'),
        firstRetry: milliseconds
          .default(10_000)
          .describe('Milliseconds after the first failure; doubles with each further one.'),
        maxRetry: milliseconds.default(3600_000).describe('Milliseconds between two tries, at most.'),
        keepFinished: milliseconds
          .default(14 * 24 * 3600_000)
          .describe('Milliseconds that a handled activity is known; never less than maxForwardedAge.'),
        keepUndone: milliseconds
          .default(90 * 24 * 3600_000)
          .describe('Milliseconds that what was undone is known, to turn down what arrives late.'),
      })
      .prefault({}),
  })
  .prefault({});
