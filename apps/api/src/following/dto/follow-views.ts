import { z } from 'zod';
import { pageOf } from '../../shared/page.js';
import { FOLLOW_STATES } from '../follow.entity.js';

const time = z.iso.datetime();

/** PeerTube's form of an actor in a list of follows. */
export const followActorSchema = z
  .object({
    id: z.int(),
    url: z.string(),
    name: z.string(),
    host: z.string(),
    type: z
      .string()
      .describe('Beyond PeerTube: Application for an instance, Group for a channel, or Person.'),
    avatars: z.array(z.never()),
    banners: z.array(z.never()),
    hostRedundancyAllowed: z.boolean(),
    followingCount: z.int().describe('As far as this instance knows.'),
    followersCount: z.int().describe('As far as this instance knows.'),
    createdAt: time,
  })
  .meta({ id: 'FollowActor' });

const crawl = z
  .object({
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    fetched: z.int().describe('Items of its outbox that were looked at.'),
    total: z.int().nullable().describe('Items that its outbox says it has.'),
    skipped: z.int().describe('Items that could not be had.'),
    error: z.string().nullable(),
  })
  .meta({ id: 'OutboxCrawl' });

/** A follow as PeerTube answers it; from `since` on it is ours, and from `reason` on for administrators only. */
export const followSchema = z
  .object({
    id: z.int(),
    follower: followActorSchema,
    following: followActorSchema,
    score: z.int().describe('Always 1000: how deliveries go is at `federation/deliveries`.'),
    state: z.enum(FOLLOW_STATES),
    createdAt: time,
    updatedAt: time,
    since: time.describe('Since when it is in this state.'),
    reason: z.string().nullable().optional().describe('Why it is in this state, in words.'),
    decidedBy: z
      .string()
      .nullable()
      .optional()
      .describe('A rule of the follow policy, `administrator`, or `peer`.'),
    crawl: crawl
      .nullable()
      .optional()
      .describe('Of those we follow: how far their older videos were looked for.'),
  })
  .meta({ id: 'Follow' });
export type FollowView = z.output<typeof followSchema>;

export const followPageSchema = pageOf(followSchema);

/** Something asked for that was not found yet. */
export const followTargetSchema = z
  .object({
    id: z.int(),
    handle: z.string().describe('A host, or name@host.'),
    state: z.enum(['looking', 'failed']),
    reason: z.string().nullable().describe('How the last look failed.'),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'FollowTarget' });
export type FollowTargetView = z.output<typeof followTargetSchema>;

export const followTargetPageSchema = pageOf(followTargetSchema);
