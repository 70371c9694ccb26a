import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { FederationError, hostOf, parseHandle, RemoteError } from '@vidiverse/federation';
import type { DryRun } from '@vidiverse/policy';
import type { DataSource } from 'typeorm';
import { type ActorEntity, isLocal } from '../actors/actor.entity.js';
import { INSTANCE_ACTOR, localActorUrls } from '../actors/actor-urls.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { Config } from '../config/config.js';
import { InvalidInputError, UnprocessableError } from '../shared/domain-error.js';
import type { Page } from '../shared/page.js';
import type { DryRunRequest, VerdictListQuery } from './dto/policy-requests.js';
import { FollowHooks } from './follow-hooks.service.js';
import { FollowReviews, toFollowRequest } from './follow-reviews.service.js';
import { PolicyVerdictEntity } from './policy-verdict.entity.js';

type Asker = Pick<ActorEntity, 'url' | 'host' | 'type' | 'username'>;

/** What the follow policy said, and what it would say. */
@Injectable()
export class FollowPolicyService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly reviews: FollowReviews,
    private readonly hooks: FollowHooks,
    private readonly local: LocalActors,
    private readonly remote: RemoteActors,
  ) {}

  /** The newest first. */
  async verdicts({ start, count, ...where }: VerdictListQuery): Promise<Page<PolicyVerdictEntity>> {
    const page = { order: { id: 'DESC' as const }, skip: start, take: count };
    const [data, total] = await this.dataSource.manager.findAndCount(PolicyVerdictEntity, { where, ...page });
    return { total, data };
  }

  /** What would happen if they followed this instance now, and why. @throws UnprocessableError when a handle leads nowhere. */
  async dryRun(asked: DryRunRequest): Promise<DryRun & { follower: Asker; found: boolean }> {
    const { follower, found } = await this.asker(asked);
    const request = toFollowRequest(follower, await this.local.instance());
    const plugins = await this.hooks.ask(request);
    return { follower, found, ...(await this.reviews.dryRun(this.dataSource.manager, request, plugins)) };
  }

  private async asker({ host, handle }: DryRunRequest): Promise<{ follower: Asker; found: boolean }> {
    this.assertForeign(host ?? handle!.split('@')[1]!);
    try {
      const follower = await (host === undefined
        ? this.remote.byHandle(parseHandle(handle!)!)
        : this.remote.ofInstance(host));
      if (isLocal(follower)) throw new UnprocessableError('It is an actor of this instance.', 'own_actor');
      return { follower, found: true };
    } catch (error) {
      if (!(error instanceof RemoteError || error instanceof FederationError)) throw error;
      if (host === undefined) throw new UnprocessableError(error.message, 'actor_not_found');
      return { follower: instanceOf(host), found: false };
    }
  }

  private assertForeign(host: string): void {
    if (host === hostOf(this.config.url))
      throw new InvalidInputError([{ field: 'host', reason: 'names this instance' }]);
  }
}

/** As most instances are, when theirs cannot be asked. */
const instanceOf = (host: string): Asker => ({
  url: localActorUrls(`https://${host}`, 'account', INSTANCE_ACTOR).url,
  host,
  type: 'Application',
  username: INSTANCE_ACTOR,
});
