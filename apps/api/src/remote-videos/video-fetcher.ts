import { Injectable } from '@nestjs/common';
import {
  Blocks,
  fetchObject,
  type FetchOptions,
  hostOf,
  PUBLIC,
  readVideo,
  RemoteClient,
  SignatureWorkers,
  type Video,
} from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { signedBy } from '../actors/signed-by.js';
import { Config } from '../config/config.js';
import { UnprocessableError } from '../shared/domain-error.js';

/** Actors that are asked for until the channel is found. */
const MAX_CANDIDATES = 4;
const PUBLISHED = 1;

/** A video as its own instance says it is, with the channel that publishes it. */
export interface FetchedVideo {
  video: Video;
  channel: ActorEntity;
}

export type FetchVideoOptions = Pick<FetchOptions, 'budget' | 'signal'>;

/** Asks the instance of a video for it. What others say of its content is not believed. */
@Injectable()
export class VideoFetcher {
  constructor(
    private readonly config: Config,
    private readonly client: RemoteClient,
    private readonly workers: SignatureWorkers,
    private readonly local: LocalActors,
    private readonly actors: RemoteActors,
    private readonly blocks: Blocks,
  ) {}

  /** `url`: its id, or another address of its page. @throws RemoteError, FederationError, DomainError */
  async fetch(url: string, options: FetchVideoOptions = {}): Promise<FetchedVideo> {
    if (hostOf(url) === hostOf(this.config.url))
      throw new UnprocessableError('This video would be ours, and is not known.', 'unknown_local_video');
    if (await this.blocks.hasHost(hostOf(url) ?? ''))
      throw new UnprocessableError('This instance is blocked here.', 'blocked_host');
    const sign = signedBy(await this.local.instance());
    const { json } = await fetchObject(this.client, url, { ...options, sign });
    const video = readVideo(await this.workers.compact(json));
    assertWatchable(video);
    return { video, channel: await this.channelOf(video, options) };
  }

  /** The first Group on the video's own host that it names, as PeerTube finds it. @throws UnprocessableError */
  async channelOf(video: Video, options: FetchVideoOptions): Promise<ActorEntity> {
    const host = hostOf(video.id);
    const named = [
      ...video.audience,
      ...video.attributedTo.filter(({ type }) => type === null || type === 'Group').map(({ id }) => id),
    ];
    const candidates = [...new Set(named)].filter((url) => hostOf(url) === host).slice(0, MAX_CANDIDATES);
    for (const url of candidates) {
      const actor = await this.actors.byUrl(url, options);
      if (actor.type === 'Group' && actor.deletedAt === null) return actor;
    }
    throw new UnprocessableError('It names no channel of its own instance.', 'no_channel');
  }
}

/** @throws UnprocessableError */
export function assertWatchable(video: Video): void {
  if (![...video.to, ...video.cc].includes(PUBLIC))
    throw new UnprocessableError('It is not for everybody.', 'not_public');
  if (video.isLive) throw new UnprocessableError('Live videos are not shown here.', 'live_video');
  if (video.state !== PUBLISHED) throw new UnprocessableError('It is not published yet.', 'not_published');
}
