import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { FederationError, FetchBudget, parseHandle, RemoteError, webUrl } from '@vidiverse/federation';
import type { DataSource, FindOptionsWhere } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { FollowConstraint } from '../following/follow-constraint.service.js';
import { DomainError, NotFoundError } from '../shared/domain-error.js';
import { handleParts } from '../shared/handle.js';
import { hashUrl } from '../shared/hash-url.js';
import type { UserEntity } from '../users/user.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { VideosService } from '../videos/videos.service.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { RemoteVideos } from './remote-videos.service.js';
import { VideosByUrl } from './videos-by-url.js';

/** What a search by address came to: what was found, or why nothing was. */
export interface FoundByAddress<T> {
  found: T | null;
  /** For people. */
  reason: string | null;
}

/**
 * The search for one thing by its URL or handle. Who is logged in has it fetched from its instance; visitors find what is here
 * already, so that nobody can have this server ask others at will.
 */
@Injectable()
export class RemoteSearch {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly videos: VideosService,
    private readonly remote: RemoteVideos,
    private readonly store: RemoteVideoStore,
    private readonly byUrl: VideosByUrl,
    private readonly actors: RemoteActors,
    private readonly constraint: FollowConstraint,
  ) {}

  /** Null when the text is no URL. */
  async video(
    text: string | undefined,
    user: UserEntity | null,
  ): Promise<FoundByAddress<VideoEntity> | null> {
    const url = webUrl(text);
    if (url === null) return null;
    return readable(() => this.videoAt(url, user));
  }

  /** Null when the text is neither a URL nor `name@host`. */
  async channel(text: string, user: UserEntity | null): Promise<FoundByAddress<ChannelEntity> | null> {
    const url = webUrl(text);
    const handle = url === null ? parseHandle(text) : null;
    if (url === null && handle === null) return null;
    return readable(async () => {
      const known = await this.knownChannel(url, text);
      if (known || user === null) return known;
      const options = { budget: new FetchBudget() };
      const actor = url === null ? this.actors.byHandle(handle!, options) : this.actors.byUrl(url, options);
      return this.channelOf(await actor);
    });
  }

  private async videoAt(url: string, user: UserEntity | null): Promise<VideoEntity | null> {
    if (this.byUrl.isOurs(url))
      return this.videos.findVisible(new URL(url).pathname.split('/').at(-1)!, user);
    if (user !== null) return this.remote.ensure(url, { budget: new FetchBudget() });
    const known = await this.store.find(this.dataSource.manager, url);
    return known && (await this.constraint.isFollowed(known)) ? known : null;
  }

  private knownChannel(url: string | null, text: string): Promise<ChannelEntity | null> {
    if (url !== null) return this.findChannel({ actor: { urlHash: hashUrl(url) } });
    return this.findChannel(handleParts(text, this.config));
  }

  private async channelOf(actor: ActorEntity): Promise<ChannelEntity | null> {
    if (actor.type !== 'Group') throw new NotFoundError('Channel');
    return this.findChannel({ actorId: actor.id });
  }

  private findChannel(where: FindOptionsWhere<ChannelEntity>): Promise<ChannelEntity | null> {
    const relations = { actor: true, account: { actor: true } };
    return this.dataSource.manager.findOne(ChannelEntity, { where, relations });
  }
}

/** What another server did not give is no fault of who asked: it is said why. */
async function readable<T>(find: () => Promise<T | null>): Promise<FoundByAddress<T>> {
  try {
    return { found: await find(), reason: null };
  } catch (error) {
    const isTheirs = error instanceof RemoteError || error instanceof FederationError;
    if (!isTheirs && !(error instanceof DomainError)) throw error;
    return { found: null, reason: error.message };
  }
}
