import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PUBLIC, sameOrigin, type Video } from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  ActivityRefusedError,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
  refused,
} from '../federation/activity-handlers.js';
import { isOutdated } from '../federation/tombstones.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { assertWatchable, type FetchedVideo, VideoFetcher } from './video-fetcher.js';
import { owns } from './video-owners.js';

type Update = ActivityOf<'Update'>;

/**
 * A video has other fields or files. What is sent by its owner is taken as it is; in doubt its instance is asked: when the
 * video is not known, when it is in another channel, when only its URL was sent.
 */
@Injectable()
export class UpdateVideoHandler implements ActivityHandler<Update, FetchedVideo>, OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: ActivityHandlers,
    private readonly fetcher: VideoFetcher,
    private readonly store: RemoteVideoStore,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Update', this);
  }

  async concerns({ content, object }: Update): Promise<boolean> {
    if (content !== null) return content.type === 'Video';
    return (await this.store.find(this.dataSource.manager, object)) !== null;
  }

  async prepare(
    { content, object }: Update,
    { actor, budget, signal }: PrepareContext,
  ): Promise<FetchedVideo> {
    if (!sameOrigin(object, actor.url))
      throw new ActivityRefusedError('It is the video of another instance.');
    const known = await this.store.find(this.dataSource.manager, object);
    if (known) assertOwner(actor, known);
    if (known && content?.type === 'Video' && isWhole(content, object, known))
      return { video: content, channel: known.channel!.actor! };
    return this.fetcher.fetch(object, { budget, signal });
  }

  async handle(
    { object }: Update,
    { actor, manager }: HandleContext,
    fetched: FetchedVideo,
  ): Promise<Outcome> {
    const known = await this.store.find(manager, object);
    if (known) assertOwner(actor, known);
    if (known && isOutdated(fetched.video.updated, known.remoteUpdatedAt))
      return refused('A newer version is known.');
    const isClosed = ![...fetched.video.to, ...fetched.video.cc].includes(PUBLIC);
    if (known && isClosed) await this.store.remove(manager, known);
    if (isClosed) return applied();
    assertWatchable(fetched.video);
    assertOwner(actor, await this.store.save(manager, fetched));
    return applied();
  }
}

/** @throws ActivityRefusedError */
function assertOwner(actor: ActorEntity, video: VideoEntity): void {
  if (!owns(actor, video)) throw new ActivityRefusedError('It is the video of another account.');
}

/** Whether what was sent is all that there is to know: the same video in the same channel. */
const isWhole = (sent: Video, object: string, { uuid, channel }: VideoEntity): boolean =>
  sent.id === object &&
  sent.uuid === uuid &&
  [...sent.audience, ...sent.attributedTo.map(({ id }) => id)].includes(channel!.actor!.url);
