import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, In, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { like } from '../database/like.js';
import type { Page } from '../shared/page.js';
import { type UserEntity, UserRole } from '../users/user.entity.js';
import type { FollowListQuery } from './dto/follow-requests.js';
import type { FollowView } from './dto/follow-views.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { KnownPeopleService } from './known-people.service.js';
import { toFollowView, toPublicFollowView } from './follow.mapper.js';
import { FollowEntity } from './follow.entity.js';
import { OutboxCrawlEntity } from './outbox-crawl.entity.js';

/** Which end of a follow is ours: `follower` of what we follow, `target` of who follows us. */
export type OurEnd = 'follower' | 'target';

/** Lists of follows, of those we follow and of those who follow us. */
@Injectable()
export class FollowListService {
  constructor(
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
    @InjectRepository(OutboxCrawlEntity) private readonly crawls: Repository<OutboxCrawlEntity>,
    private readonly config: Config,
    private readonly people: KnownPeopleService,
  ) {}

  /** Administrators see all; others those that hold, without what is said of them for administrators. */
  async list(ourEnd: OurEnd, query: FollowListQuery, user: UserEntity | null): Promise<Page<FollowView>> {
    const seesAll = user?.role === UserRole.Administrator;
    const other = ourEnd === 'follower' ? 'target' : 'follower';
    const builder = this.follows
      .createQueryBuilder('follow')
      .innerJoinAndSelect('follow.follower', 'follower')
      .innerJoinAndSelect('follow.target', 'target')
      .where(`${ourEnd}.host = '' AND ${other}.deletedAt IS NULL`);
    if (!seesAll) builder.andWhere("follow.state = 'accepted'");
    if (query.state) builder.andWhere('follow.state = :state', { state: query.state });
    if (query.actorType) builder.andWhere(`${other}.type = :type`, { type: query.actorType });
    if (query.search) {
      const text = query.search.toLowerCase();
      builder.andWhere(
        new Brackets((any) =>
          any
            .where(...like(`${other}.host`, 'text', text))
            .orWhere(...like(`${other}.username`, 'text', text)),
        ),
      );
    }
    const { column, direction } = orderOf(query.sort);
    builder.orderBy(column, direction).addOrderBy('follow.id', direction);
    const [follows, total] = await builder.skip(query.start).take(query.count).getManyAndCount();
    const views = await this.views(follows as LoadedFollow[]);
    return { total, data: seesAll ? views : views.map(toPublicFollowView) };
  }

  /** With what is known of their actors and crawls. */
  async views(follows: LoadedFollow[]): Promise<FollowView[]> {
    const people = await this.people.ofActors(
      follows.flatMap(({ followerId, targetId }) => [followerId, targetId]),
    );
    const crawls = await this.crawls.findBy({ followId: In(follows.map(({ id }) => id)) });
    const { host } = new URL(this.config.url);
    return follows.map((follow) => {
      const crawl = crawls.find(({ followId }) => followId === follow.id) ?? null;
      return toFollowView(follow, { crawl, people, ourHost: host });
    });
  }
}

const COLUMNS = ['updatedAt', 'state', 'id'];

function orderOf(sort: string): { column: string; direction: 'ASC' | 'DESC' } {
  const name = sort.replace(/^-/, '');
  const column = `follow.${COLUMNS.includes(name) ? name : 'createdAt'}`;
  return { column, direction: sort.startsWith('-') ? 'DESC' : 'ASC' };
}
