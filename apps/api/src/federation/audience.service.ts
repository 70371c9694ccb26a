import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { FollowEntity } from '../following/follow.entity.js';

/** Actors per statement. */
const BATCH = 500;

/** Who is to be told what actors do. */
@Injectable()
export class Audience {
  /**
   * The inboxes of all accepted followers from other servers, one for all followers that share one. `except` leaves out a
   * host, such as the one that a forwarded activity came from.
   */
  async inboxesOf(
    manager: EntityManager,
    actors: Array<Pick<ActorEntity, 'id'>>,
    { except }: { except?: string } = {},
  ): Promise<string[]> {
    const inboxes = new Set<string>();
    for (let start = 0; start < actors.length; start += BATCH) {
      const query = manager
        .createQueryBuilder(FollowEntity, 'follow')
        .innerJoin('follow.follower', 'follower')
        .select('follower.inboxUrl', 'inboxUrl')
        .addSelect('follower.sharedInboxUrl', 'sharedInboxUrl')
        .where('follow.targetId IN (:...ids)', {
          ids: actors.slice(start, start + BATCH).map(({ id }) => id),
        })
        .andWhere("follow.state = 'accepted' AND follower.host <> '' AND follower.deletedAt IS NULL");
      if (except !== undefined) query.andWhere('follower.host <> :except', { except });
      const rows = await query.getRawMany<{ inboxUrl: string; sharedInboxUrl: string | null }>();
      for (const { inboxUrl, sharedInboxUrl } of rows) inboxes.add(sharedInboxUrl ?? inboxUrl);
    }
    return [...inboxes];
  }
}
