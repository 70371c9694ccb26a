import type { Page } from './types';

/** What the administration pages read of following, its policy and deliveries (see `/api/docs`). Times are ISO 8601, UTC. */

/** `Application` for an instance, `Group` for a channel, `Person` for an account. */
export type ActorType = 'Application' | 'Group' | 'Person' | 'Service' | 'Organization';

export interface FollowActor {
  id: number;
  url: string;
  name: string;
  host: string;
  type: ActorType;
}

export type FollowState = 'pending' | 'accepted' | 'rejected';

/** How far the older videos of somebody who is followed were looked for. */
export interface Crawl {
  state: 'waiting' | 'running' | 'done' | 'failed';
  fetched: number;
  total: number | null;
  skipped: number;
  error: string | null;
}

export interface Follow {
  id: number;
  follower: FollowActor;
  following: FollowActor;
  state: FollowState;
  createdAt: string;
  /** Since when it is in this state. */
  since: string;
  reason: string | null;
  /** A rule of the follow policy, `administrator`, or `peer` for the other side. */
  decidedBy: string | null;
  crawl: Crawl | null;
}

/** Something that was asked for and is not found yet. */
export interface FollowTarget {
  id: number;
  /** A host, or name@host. */
  handle: string;
  state: 'looking' | 'failed';
  reason: string | null;
  createdAt: string;
}

export interface CustomConfig {
  followers: {
    instance: { enabled: boolean; manualApproval: boolean };
    channels: { enabled: boolean };
  };
  followings: { instance: { autoFollowBack: { enabled: boolean } } };
}

/** The sections that are to change. */
export interface CustomConfigChange {
  followers?: {
    instance?: { enabled?: boolean; manualApproval?: boolean };
    channels?: { enabled?: boolean };
  };
  followings?: { instance?: { autoFollowBack?: { enabled?: boolean } } };
}

export interface Verdict {
  decision: 'allow' | 'hold' | 'refuse';
  rule: string;
  reason: string;
}

export interface StoredVerdict extends Verdict {
  id: number;
  question: 'follow' | 'follow-back';
  /** URL of who follows. */
  actor: string;
  host: string;
  target: string;
  createdAt: string;
}

export interface DryRun {
  /** `found` false: its server does not answer, and an instance of that host is assumed. */
  follower: { url: string; host: string; type: ActorType; found: boolean };
  follow: Verdict;
  followBack: Verdict;
}

/** An instance that is never followed back. */
export interface Exclusion {
  host: string;
  note: string | null;
  createdAt: string;
}

export type HostState = 'healthy' | 'failing' | 'paused';

export interface DeliveryHost {
  host: string;
  state: HostState;
  waiting: number;
  waitingSince: string | null;
  refused: number;
  dropped: number;
  /** In a row. */
  failures: number;
  failingSince: string | null;
  nextAttemptAt: string | null;
  lastSuccessAt: string | null;
  lastError: string | null;
}

export interface Delivery {
  id: number;
  state: 'waiting' | 'delivered' | 'refused' | 'dropped';
  inboxUrl: string;
  activity: { id: string; type: string; json: Record<string, unknown> };
  attempts: number;
  reason: string | null;
  waitingSince: string;
  finishedAt: string | null;
}

export interface DeliveryPage extends Page<Delivery> {
  host: DeliveryHost;
}
