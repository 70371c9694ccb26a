import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { FollowEntity } from './follow.entity.js';

/** Accepted follows by the id of an actor, as far as this instance knows; with the instance's URL, for views of people. */
export interface KnownFollows {
  url: string;
  followersOf(actorId: number | null): number;
  followingsOf(actorId: number | null): number;
}

/** An account, or a channel with its account. */
export interface Person {
  actorId: number | null;
  account?: Person | null;
}

/** Counts who follows whom: two queries, however many are asked about. */
@Injectable()
export class FollowCounts {
  constructor(
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
    private readonly config: Config,
  ) {}

  /** Of accounts and channels, and of the accounts that are loaded with channels. */
  of(people: Array<Person | null | undefined>): Promise<KnownFollows> {
    const ids = people.flatMap((person) => [person?.actorId, person?.account?.actorId]);
    return this.ofActors(ids.filter((id) => typeof id === 'number'));
  }

  async ofActors(ids: number[]): Promise<KnownFollows> {
    const wanted = [...new Set(ids)];
    const [followers, followings] = await Promise.all([
      this.countBy('targetId', wanted),
      this.countBy('followerId', wanted),
    ]);
    const from = (counts: Map<number, number>) => (actorId: number | null) => counts.get(actorId ?? 0) ?? 0;
    return { url: this.config.url, followersOf: from(followers), followingsOf: from(followings) };
  }

  private async countBy(column: 'targetId' | 'followerId', ids: number[]): Promise<Map<number, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.follows
      .createQueryBuilder('follow')
      .select(`follow.${column}`, 'actorId')
      .addSelect('COUNT(*)', 'count')
      .where({ [column]: In(ids), state: 'accepted' })
      .groupBy(`follow.${column}`)
      .getRawMany<{ actorId: number; count: string }>();
    return new Map(rows.map(({ actorId, count }) => [actorId, Number(count)]));
  }
}
