import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Brackets, type DataSource, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { ForbiddenError } from '../shared/domain-error.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { FollowEntity } from './follow.entity.js';

/** Types of actors that speak for a whole instance. */
const INSTANCES = "('Application', 'Service')";

/** 403: only who is logged in may see the videos of those whom nobody here follows. */
export class NotFollowedError extends ForbiddenError {
  constructor() {
    super('Nobody here follows this instance, channel or account.', 'does_not_respect_follow_constraints');
  }
}

/** Whose videos visitors may see: ours, and those of instances, channels and accounts that somebody here follows. */
@Injectable()
export class FollowConstraint {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** `video.channel.account` must be loaded. */
  async isFollowed({ remote, channel }: Pick<VideoEntity, 'remote' | 'channel'>): Promise<boolean> {
    if (!remote) return true;
    const actors = [channel!.actorId, channel!.account!.actorId].filter((id) => id !== null);
    return this.dataSource.manager
      .createQueryBuilder(FollowEntity, 'follow')
      .innerJoin('follow.follower', 'follower')
      .innerJoin('follow.target', 'target')
      .where("follow.state = 'accepted' AND follower.host = ''")
      .andWhere(
        new Brackets((either) =>
          either
            .where(`target.host = :host AND target.type IN ${INSTANCES}`, { host: channel!.host })
            .orWhere('target.id IN (:...actors)', { actors: actors.length > 0 ? actors : [0] }),
        ),
      )
      .getExists();
  }

  /** @throws NotFollowedError */
  async assertFollowed(video: Pick<VideoEntity, 'remote' | 'channel'>): Promise<void> {
    if (!(await this.isFollowed(video))) throw new NotFollowedError();
  }

  /** The same as a condition for lists that join `video`, `channel` and `account` under these names. */
  condition(builder: SelectQueryBuilder<ObjectLiteral>): Brackets {
    const followed = (column: 'id' | 'host', condition = '1 = 1') =>
      builder
        .subQuery()
        .select(`followTarget.${column}`)
        .from(FollowEntity, 'anyFollow')
        .innerJoin('anyFollow.follower', 'anyFollower')
        .innerJoin('anyFollow.target', 'followTarget')
        .where(`anyFollow.state = 'accepted' AND anyFollower.host = '' AND ${condition}`)
        .getQuery();
    return new Brackets((any) =>
      any
        .where('video.remote = :local', { local: false })
        .orWhere(`channel.host IN ${followed('host', `followTarget.type IN ${INSTANCES}`)}`)
        .orWhere(`channel.actorId IN ${followed('id')}`)
        .orWhere(`account.actorId IN ${followed('id')}`),
    );
  }
}
