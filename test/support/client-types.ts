export interface Page<T> {
  total: number;
  data: T[];
}

export interface Account {
  id: number;
  name: string;
  displayName: string;
  description: string | null;
  url: string;
  host: string;
}

export interface Channel extends Account {
  support: string | null;
  ownerAccount?: Account;
}

export interface User {
  id: number;
  username: string;
  email: string;
  role: { id: number; label: string };
  videoQuota: number;
  videoQuotaDaily: number;
  blocked: boolean;
  p2pEnabled: boolean;
  account: Account;
  videoChannels: Channel[];
}

export interface Tokens {
  token_type: string;
  access_token: string;
  refresh_token: string;
  /** Seconds. */
  expires_in: number;
  /** Seconds. */
  refresh_token_expires_in: number;
}

/** How deliveries to another server are going. */
export interface DeliveryHost {
  host: string;
  state: 'healthy' | 'failing' | 'paused';
  waiting: number;
  waitingSince: string | null;
  refused: number;
  dropped: number;
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

/** What another server told, and what became of it. */
export interface InboxActivity {
  id: number;
  activity: { id: string; type: string; actor: string };
  host: string;
  state: 'received' | 'applied' | 'refused' | 'failed';
  reason: string | null;
  issuedAt: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export interface FollowActor {
  id: number;
  url: string;
  name: string;
  host: string;
  type: string;
  followersCount: number;
  followingCount: number;
  hostRedundancyAllowed: boolean;
}

/** A follow, with why it is in its state and how far its crawl is. */
export interface Follow {
  id: number;
  follower: FollowActor;
  following: FollowActor;
  state: 'pending' | 'accepted' | 'rejected';
  since: string;
  reason: string | null;
  decidedBy: string | null;
  crawl: {
    state: string;
    fetched: number;
    total: number | null;
    skipped: number;
    error: string | null;
  } | null;
}

export interface Verdict {
  decision: 'allow' | 'hold' | 'refuse';
  rule: string;
  reason: string;
}
