import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  buildNodeinfo,
  buildNodeinfoIndex,
  buildWebfinger,
  hostOf,
  type NodeinfoVersion,
  parseResource,
  type WebfingerDocument,
} from '@vidiverse/federation';
import { type DataSource, IsNull, MoreThan } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { localActorUrls } from '../actors/actor-urls.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { OAuthTokenEntity } from '../auth/oauth-token.entity.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { Config } from '../config/config.js';
import { VERSION } from '../instance/version.js';
import { InvalidInputError, NotFoundError } from '../shared/domain-error.js';
import { UserEntity } from '../users/user.entity.js';
import { VideoEntity, VideoState } from '../videos/video.entity.js';

const DAY_MS = 86_400_000;

/** How others find this instance and who is on it. */
@Injectable()
export class DiscoveryService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly actors: LocalActors,
    private readonly config: Config,
  ) {}

  /**
   * WebFinger (RFC 7033) about `acct:name@host` or the URL of an actor. An account comes before a channel of the same name,
   * which cannot be. @throws InvalidInputError, NotFoundError
   */
  async webfinger(resource: string): Promise<WebfingerDocument> {
    const asked = parseResource(resource);
    if (!asked)
      throw new InvalidInputError([{ field: 'resource', reason: 'must be acct:name@host or a URL' }]);
    const host = hostOf(this.config.url)!;
    const actor = 'url' in asked ? await this.byUrl(asked.url) : await this.byHandle(asked.handle, host);
    if (!actor) throw new NotFoundError('Resource');
    return buildWebfinger({ name: actor.username, host }, actor.url, this.config.url);
  }

  async nodeinfoIndex(): Promise<object> {
    return buildNodeinfoIndex(this.config.url, (await this.actors.instance()).url);
  }

  async nodeinfo(version: NodeinfoVersion): Promise<object> {
    const { manager } = this.dataSource;
    const { name, shortDescription } = this.config.instance;
    return buildNodeinfo(version, {
      version: VERSION,
      openRegistrations: false,
      users: {
        total: await manager.count(UserEntity),
        activeMonth: await this.activeUsers(30),
        activeHalfyear: await this.activeUsers(180),
      },
      localVideos: await manager.countBy(VideoEntity, { remote: false, state: VideoState.Published }),
      localComments: await manager.countBy(CommentEntity, { deletedAt: IsNull(), account: { host: '' } }),
      nodeName: name,
      nodeDescription: shortDescription,
      feeds: [],
    });
  }

  private async byHandle(handle: { name: string; host: string }, host: string): Promise<ActorEntity | null> {
    if (handle.host !== host) return null;
    const name = handle.name.toLowerCase();
    const of = (kind: 'account' | 'channel') => this.byUrl(localActorUrls(this.config.url, kind, name).url);
    return (await of('account')) ?? of('channel');
  }

  private async byUrl(url: string): Promise<ActorEntity | null> {
    const instance = await this.actors.instance();
    return url === instance.url ? instance : this.actors.byUrl(url);
  }

  /** Users with a session that began or was renewed in so many days. */
  private async activeUsers(days: number): Promise<number> {
    const since = MoreThan(new Date(Date.now() - days * DAY_MS));
    const found = await this.dataSource.manager
      .createQueryBuilder(OAuthTokenEntity, 'token')
      .select('COUNT(DISTINCT token.userId)', 'count')
      .where({ createdAt: since })
      .getRawOne<{ count: string | number }>();
    return Number(found?.count ?? 0);
  }
}
