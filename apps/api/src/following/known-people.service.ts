import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { RedundantHosts } from '../instance/redundant-hosts.service.js';
import { FollowEntity } from './follow.entity.js';

/** What views of people need beside their rows: accepted follows by the id of an actor, as far as this instance knows. */
export interface KnownPeople {
  /** Of this instance. */
  url: string;
  followersOf(actorId: number | null): number;
  followingsOf(actorId: number | null): number;
  /** Whether an administrator lets videos of this host be cached here; '' is ours. */
  redundancyAllowed(host: string): boolean;
}

/** An account, or a channel with its account. */
export interface Person {
  actorId: number | null;
  account?: Person | null;
}

/** Reads it in three queries, however many are asked about. */
@Injectable()
export class KnownPeopleService {
  constructor(
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
    private readonly config: Config,
    private readonly redundantHosts: RedundantHosts,
  ) {}

  /** Of accounts and channels, and of the accounts that are loaded with channels. */
  of(people: Array<Person | null | undefined>): Promise<KnownPeople> {
    const ids = people.flatMap((person) => [person?.actorId, person?.account?.actorId]);
    return this.ofActors(ids.filter((id) => typeof id === 'number'));
  }

  async ofActors(ids: number[]): Promise<KnownPeople> {
    const wanted = [...new Set(ids)];
    const [followers, followings, hosts] = await Promise.all([
      this.countBy('targetId', wanted),
      this.countBy('followerId', wanted),
      this.redundantHosts.all(),
    ]);
    const from = (counts: Map<number, number>) => (actorId: number | null) => counts.get(actorId ?? 0) ?? 0;
    return {
      url: this.config.url,
      followersOf: from(followers),
      followingsOf: from(followings),
      redundancyAllowed: (host) => hosts.get(host) === true,
    };
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
