import type { ActorEntity } from '../actors/actor.entity.js';
import type { FollowTargetView, FollowView } from './dto/follow-views.js';
import type { KnownPeople } from './known-people.service.js';
import type { FollowTargetEntity } from './follow-target.entity.js';
import type { LoadedFollow } from './follow-messages.service.js';
import type { OutboxCrawlEntity } from './outbox-crawl.entity.js';

interface Known {
  crawl: OutboxCrawlEntity | null;
  people: KnownPeople;
  ourHost: string;
}

/** PeerTube counts the health of a follower; ours is told per host instead. */
const SCORE = 1000;

export function toFollowView(follow: LoadedFollow, { crawl, people, ourHost }: Known): FollowView {
  const actor = (of: ActorEntity) => ({
    id: of.id,
    url: of.url,
    name: of.username,
    host: of.host || ourHost,
    type: of.type,
    avatars: [],
    banners: [],
    hostRedundancyAllowed: people.redundancyAllowed(of.host),
    followingCount: people.followingsOf(of.id),
    followersCount: people.followersOf(of.id),
    createdAt: of.createdAt.toISOString(),
  });
  return {
    id: follow.id,
    follower: actor(follow.follower),
    following: actor(follow.target),
    score: SCORE,
    state: follow.state,
    createdAt: follow.createdAt.toISOString(),
    updatedAt: follow.updatedAt.toISOString(),
    since: (follow.since ?? follow.createdAt).toISOString(),
    reason: follow.reason,
    decidedBy: follow.decidedBy,
    crawl: crawl && crawlView(crawl),
  };
}

const crawlView = ({ state, fetched, total, skipped, error }: OutboxCrawlEntity): FollowView['crawl'] => ({
  state,
  fetched,
  total,
  skipped,
  error,
});

/** Without what is for administrators. */
export function toPublicFollowView(view: FollowView): FollowView {
  const { reason: _reason, decidedBy: _decidedBy, crawl: _crawl, ...shown } = view;
  return shown;
}

export const toFollowTargetView = (target: FollowTargetEntity): FollowTargetView => ({
  id: target.id,
  handle: target.handle,
  state: target.state,
  reason: target.reason,
  createdAt: target.createdAt.toISOString(),
  updatedAt: target.updatedAt.toISOString(),
});
