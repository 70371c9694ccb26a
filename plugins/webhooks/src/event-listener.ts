import { Injectable } from '@nestjs/common';
import {
  type AcceptedFollow,
  type DeletedVideo,
  type FailedJob,
  followAccepted,
  jobFailed,
  OnHook,
  userRegistered,
  videoDeleted,
  videoPublished,
  type VideoRow,
  videoUpdated,
  type Viewer,
} from '@vidiverse/hooks';
import { Deliveries } from './deliveries.js';

/** Hears what happens, and has it told. */
@Injectable()
export class EventListener {
  constructor(private readonly deliveries: Deliveries) {}

  @OnHook(videoPublished)
  published(video: VideoRow): Promise<void> {
    return this.deliveries.tell(videoPublished.name, video);
  }

  @OnHook(videoUpdated)
  updated(video: VideoRow): Promise<void> {
    return this.deliveries.tell(videoUpdated.name, video);
  }

  @OnHook(videoDeleted)
  deleted(video: DeletedVideo): Promise<void> {
    return this.deliveries.tell(videoDeleted.name, video);
  }

  @OnHook(followAccepted)
  followed(follow: AcceptedFollow): Promise<void> {
    return this.deliveries.tell(followAccepted.name, follow);
  }

  @OnHook(userRegistered)
  registered(user: Viewer): Promise<void> {
    return this.deliveries.tell(userRegistered.name, user);
  }

  /** Not of this plugin's own jobs: a message about a message would make another. Payloads may be of any plugin, and stay here. */
  @OnHook(jobFailed)
  async failed({ payload: _payload, ...job }: FailedJob): Promise<void> {
    if (!job.kind.startsWith('plugin.webhooks.')) await this.deliveries.tell(jobFailed.name, job);
  }
}
