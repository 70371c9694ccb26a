import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sameOrigin } from '@vidiverse/federation';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  ActivityRefusedError,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
} from '../federation/activity-handlers.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { type FetchedVideo, VideoFetcher } from './video-fetcher.js';
import { owns } from './video-owners.js';

type Create = ActivityOf<'Create'>;

/** An account has made a video. What was sent of it is a hint: its instance is asked for it. */
@Injectable()
export class CreateVideoHandler implements ActivityHandler<Create, FetchedVideo>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly fetcher: VideoFetcher,
    private readonly store: RemoteVideoStore,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Create', this);
  }

  /** PeerTube 8 may send the URL alone. */
  concerns({ content }: Create): boolean {
    return content === null || content.type === 'Video';
  }

  prepare({ object }: Create, { actor, budget, signal }: PrepareContext): Promise<FetchedVideo> {
    if (!sameOrigin(object, actor.url))
      throw new ActivityRefusedError('It is the object of another instance.');
    return this.fetcher.fetch(object, { budget, signal });
  }

  async handle(_: Create, { actor, manager }: HandleContext, fetched: FetchedVideo): Promise<Outcome> {
    const video = await this.store.save(manager, fetched);
    if (!owns(actor, video)) throw new ActivityRefusedError('It is the video of another account.');
    return applied();
  }
}
