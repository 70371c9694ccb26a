import type { EntityManager } from 'typeorm';
import { hashUrl } from '../shared/hash-url.js';
import { TombstoneEntity } from './tombstone.entity.js';

export interface Burial {
  /** Of an object, or of an activity that was undone. */
  url: string;
  /**
   * Counts against this actor's activities only, as long as nobody saw that the object is the actor's own: else one actor
   * could keep another's objects out.
   */
  by?: string | null;
  /** When the end was issued; now when that is not known. */
  at?: Date | null;
}

const hashOf = (url: string, by: string | null): string => hashUrl(by === null ? url : `${by} ${url}`);

/** Notes that it has ended, whatever arrives late. Written in the transaction that ends it. */
export async function bury(manager: EntityManager, { url, by = null, at }: Burial): Promise<void> {
  const hash = hashOf(url, by);
  const now = new Date();
  const endedAt = at ?? now;
  const known = await manager.findOneBy(TombstoneEntity, { hash });
  if (known && known.endedAt >= endedAt) return;
  if (known) await manager.update(TombstoneEntity, { hash }, { endedAt, updatedAt: now });
  else
    await manager.insert(TombstoneEntity, {
      hash,
      url,
      actorUrl: by,
      endedAt,
      createdAt: now,
      updatedAt: now,
    });
}

/**
 * Whether what is told of `url` comes too late: it was ended, for all or for what `by` tells, and this was issued before. What
 * was issued after is no ghost: PeerTube deletes a video that becomes private, and tells it again under the same id when it is
 * public again; and it follows and likes again under the id of before. Without `at` any end counts.
 */
export async function isBuried(manager: EntityManager, { url, by = null, at }: Burial): Promise<boolean> {
  const hashes = by === null ? [hashOf(url, null)] : [hashOf(url, null), hashOf(url, by)];
  const stones = await manager.find(TombstoneEntity, { where: hashes.map((hash) => ({ hash })) });
  return stones.some(({ endedAt }) => !at || at <= endedAt);
}

/** Its owner shows it again. */
export async function exhume(manager: EntityManager, url: string): Promise<void> {
  await manager.delete(TombstoneEntity, { hash: hashOf(url, null) });
}

/**
 * Whether `updated` is older than what is known: a late Update changes nothing. The same time is none: PeerTube tells new files
 * and captions of a video without moving it.
 */
export const isOutdated = (updated: Date | null, known: Date | null): boolean =>
  updated !== null && known !== null && updated < known;
