import type { EntityManager } from 'typeorm';

/** Port: what moderation says about who wants to follow. */
export abstract class FollowBlocks {
  /** Why the actor or its host is blocked, in words for administrators; null when it is not. */
  abstract reasonFor(actor: { url: string; host: string }, manager: EntityManager): Promise<string | null>;
}
