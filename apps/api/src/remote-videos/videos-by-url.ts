import { Injectable } from '@nestjs/common';
import { hostOf } from '@vidiverse/federation';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { parseVideoId } from '../videos/short-uuid.js';
import { VideoEntity } from '../videos/video.entity.js';
import { isTold } from '../videos/video-access.js';
import { RemoteVideoStore } from './remote-video-store.js';

const OUR_PATH = /^\/(?:videos\/watch|w)\/([^/]+)$/;

/** Finds the video that an activity is about, ours or remote. */
@Injectable()
export class VideosByUrl {
  constructor(
    private readonly config: Config,
    private readonly store: RemoteVideoStore,
  ) {}

  isOurs(url: string): boolean {
    return hostOf(url) === hostOf(this.config.url);
  }

  /** One of ours only while others may know of it. */
  async find(manager: EntityManager, url: string): Promise<VideoEntity | null> {
    if (!this.isOurs(url)) return this.store.find(manager, url);
    const where = parseVideoId(OUR_PATH.exec(new URL(url).pathname)?.[1] ?? '');
    if (!where || !('uuid' in where)) return null;
    const video = await manager.findOneBy(VideoEntity, { ...where, remote: false });
    return video && isTold(video) ? video : null;
  }
}
