import type { Actor, ActorSummary } from './types';

/** What the pages read of blocks and reports (see `/api/docs`). Times are ISO 8601, UTC. */

export interface AccountBlock {
  blockedAccount: Actor;
  createdAt: string;
}

export interface ServerBlock {
  blockedServer: { host: string };
  createdAt: string;
}

export const ReportState = { Pending: 1, Rejected: 2, Accepted: 3 } as const;

export interface Report {
  id: number;
  reason: string;
  predefinedReasons: string[];
  state: { id: number; label: string };
  /** Of the staff, for the staff. */
  moderationComment: string | null;
  reporterAccount: Actor | null;
  flaggedAccount: Actor | null;
  video: {
    id: number | null;
    uuid: string;
    name: string;
    deleted: boolean;
    channel: ActorSummary | null;
    /** Seconds. */
    startAt: number | null;
  } | null;
  comment: {
    id: number | null;
    text: string;
    deleted: boolean;
    video: { uuid: string; name: string } | null;
  } | null;
  createdAt: string;
}

/** What a report is about: one of the three. */
export interface ReportSubject {
  video?: { id: number; startAt?: number };
  comment?: { id: number };
  account?: { id: number };
}

export interface NewReport extends ReportSubject {
  reason: string;
  predefinedReasons: string[];
}
