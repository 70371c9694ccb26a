import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { VideoShares } from './video-shares.service.js';
import { VideosByUrl } from './videos-by-url.js';

type Undo = ActivityOf<'Undo'>;

/** An instance or a channel recommends a video no more. The video stays: its own instance says when it is gone. */
@Injectable()
export class UndoAnnounceHandler implements ActivityHandler<Undo>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly shares: VideoShares,
    private readonly videos: VideosByUrl,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Undo', this);
  }

  concerns({ activity }: Undo): boolean {
    return activity?.type === 'Announce';
  }

  async handle({ activity }: Undo, { actor, manager }: HandleContext): Promise<Outcome> {
    if (activity?.type !== 'Announce' || activity.actor !== actor.url)
      return refused('It is the Announce of another.');
    const video = await this.videos.find(manager, activity.object);
    const undone = video && (await this.shares.remove(manager, { videoId: video.id, actorId: actor.id }));
    return undone ? applied() : refused('There is no such Announce.');
  }
}
