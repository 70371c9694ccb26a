import { Injectable } from '@nestjs/common';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { VideoObjectMapper, videoUrl } from '../videos/video-object.mapper.js';
import { type VideoEntity, VideoPrivacy } from '../videos/video.entity.js';
import * as activity from './activities.js';

/** What is said of a video of ours. Its files, channel and account with their actors must be loaded. */
@Injectable()
export class VideoActivities {
  constructor(
    private readonly config: Config,
    private readonly objects: VideoObjectMapper,
  ) {}

  /** The video as ActivityPub object, without its context. */
  object(video: VideoEntity) {
    return this.objects.object(video, this.recipients(video));
  }

  create(video: VideoEntity): activity.Activity {
    return activity.create(author(video), this.object(video), this.recipients(video));
  }

  update(video: VideoEntity): activity.Activity {
    return activity.update(author(video), this.object(video), this.recipients(video), video.updatedAt);
  }

  /** `at`: when it was deleted, or closed. */
  remove(video: VideoEntity, at: Date): activity.Activity {
    const account = author(video);
    return activity.remove(account, videoUrl(this.config, video), activity.toPublic(account), at);
  }

  /** By the channel or the instance: how their followers learn of a video. */
  announce(video: VideoEntity, announcer: ActorEntity): activity.Activity {
    const { channel } = video;
    const { cc } = activity.toPublic(announcer, channel!.actor!, channel!.account!.actor!);
    const recipients = { to: [activity.PUBLIC, ...new Set(cc)], cc: [] };
    return {
      ...activity.announce(announcer, videoUrl(this.config, video), announcer.id, recipients),
      // One of before that a video was closed has the same id: its date tells them apart.
      published: video.updatedAt.toISOString(),
    };
  }

  /** Takes back what `announce` told. */
  unannounce(video: VideoEntity, announcer: ActorEntity): activity.Activity {
    return activity.undo(announcer, this.announce(video, announcer));
  }

  /** That somebody here watched a video of another instance. */
  view(viewer: ActorEntity, object: string, id: string): activity.Activity {
    return { ...activity.toPublic(viewer), type: 'View', id, actor: viewer.url, object };
  }

  private recipients(video: VideoEntity): activity.Recipients {
    return video.privacy === VideoPrivacy.Public
      ? activity.toPublic(author(video))
      : activity.toWhoHasTheLink();
  }
}

const author = (video: VideoEntity): ActorEntity => video.channel!.account!.actor!;
