/** An instance that this one follows, or has asked to. */
export interface FollowedInstance {
  readonly host: string;
  /** `looking`: it is not found yet. `failed`: it was not found. The others: what the other side says. */
  readonly state: 'looking' | 'failed' | 'pending' | 'accepted' | 'rejected';
  /** Why it is in this state, in words for administrators. */
  readonly reason: string | null;
  /** ISO 8601. */
  readonly since: string;
}

/** Port: which instances this one follows. What a plugin does is in the log with its name. */
export abstract class InstanceFollows {
  /**
   * Asks to follow an instance, in the background and for some hours. What is followed, or was asked for, stays as it is.
   * @throws InstanceFollowError
   */
  abstract follow(host: string): Promise<void>;

  /** Follows it no more, or looks for it no more. False when it was not followed. */
  abstract unfollow(host: string): Promise<boolean>;

  /** By host, `start` to begin with; at most 100 at once. */
  abstract list(page?: {
    start?: number;
    count?: number;
  }): Promise<{ total: number; data: FollowedInstance[] }>;
}

/** `bad_host`: it is no host, or this one. `blocked`: moderation blocks it. */
export type InstanceFollowErrorCode = 'bad_host' | 'blocked';

export class InstanceFollowError extends Error {
  constructor(
    readonly code: InstanceFollowErrorCode,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
