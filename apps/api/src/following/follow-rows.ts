import { type EntityManager, EntityNotFoundError, type FindOptionsWhere, In } from 'typeorm';
import { ActorEntity, isLocal } from '../actors/actor.entity.js';
import { lockedForUpdate } from '../database/locked-for-update.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { FollowEntity, type FollowState } from './follow.entity.js';

export interface FollowDecision {
  state: FollowState;
  /** In words for administrators. */
  reason: string | null;
  /** A rule of the policy, `administrator` or `peer`. */
  decidedBy: string;
}

/**
 * The follow between two actors, kept from other transactions until this one ends: a Follow and its end may be handled at the
 * same moment. The remote actor is locked first, so that those two never wait for each other. SQLite needs no locks: one
 * transaction runs at a time.
 */
export async function lockFollowBetween(
  manager: EntityManager,
  follower: ActorEntity,
  target: ActorEntity,
): Promise<LoadedFollow | null> {
  await lockedForUpdate(manager, ActorEntity, { id: isLocal(follower) ? target.id : follower.id });
  return lock(manager, { followerId: follower.id, targetId: target.id });
}

/** A follow that was found, likewise; null when it is gone meanwhile. */
export const lockFollow = (manager: EntityManager, id: number): Promise<LoadedFollow | null> =>
  lock(manager, { id });

async function lock(
  manager: EntityManager,
  where: FindOptionsWhere<FollowEntity>,
): Promise<LoadedFollow | null> {
  const follow = await lockedForUpdate(manager, FollowEntity, where).catch((error: unknown) => {
    if (error instanceof EntityNotFoundError) return null;
    throw error;
  });
  if (!follow) return null;
  // Read apart: a join would lock the actors too.
  const actors = await manager.findBy(ActorEntity, { id: In([follow.followerId, follow.targetId]) });
  const byId = (id: number) => actors.find((actor) => actor.id === id)!;
  return Object.assign(follow, { follower: byId(follow.followerId), target: byId(follow.targetId) });
}

/** Writes a decision, and since when it holds. */
export async function saveDecision(
  manager: EntityManager,
  follow: FollowEntity,
  decision: FollowDecision,
): Promise<void> {
  const now = new Date();
  const since = follow.state === decision.state ? follow.since : now;
  await manager.update(FollowEntity, { id: follow.id }, { ...decision, since, updatedAt: now });
  Object.assign(follow, decision, { since });
}
