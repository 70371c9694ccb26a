import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { buildCollection, buildCollectionPage } from '@vidiverse/federation';
import type { Repository } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { isTold } from '../videos/video-access.js';
import { VideoShareEntity } from '../videos/video-share.entity.js';
import type { VideoEntity } from '../videos/video.entity.js';
import type { Activity } from './activities.js';
import { VideoActivities } from './video-activities.service.js';

/** As many as PeerTube puts on a page. */
const PAGE_SIZE = 10;

/** Who announced a video of ours: its channel and this instance, once it is public, and others after them. */
@Injectable()
export class VideoAnnounces {
  constructor(
    @InjectRepository(VideoShareEntity) private readonly shares: Repository<VideoShareEntity>,
    private readonly actors: LocalActors,
    private readonly activities: VideoActivities,
  ) {}

  /** Ids of the Announces. Without a page: how many there are and where they begin. */
  async collection(video: VideoEntity, url: string, page: number | undefined): Promise<object> {
    const ours = (await this.announcers(video)).map((actor) => this.activities.announce(video, actor).id);
    const start = ((page ?? 1) - 1) * PAGE_SIZE;
    const [shares, others] = await this.shares.findAndCount({
      where: { videoId: video.id },
      order: { id: 'ASC' },
      skip: Math.max(0, start - ours.length),
      take: PAGE_SIZE,
    });
    const collection = { id: url, totalItems: ours.length + others };
    if (page === undefined) return buildCollection(collection);
    const all = [...ours.slice(start), ...shares.map(({ activityUrl }) => activityUrl)];
    return buildCollectionPage(collection, { page, pageSize: PAGE_SIZE, items: all.slice(0, PAGE_SIZE) });
  }

  /** One of ours; null for any other. */
  async byUs(video: VideoEntity, announcerId: number): Promise<Activity | null> {
    const announcer = (await this.announcers(video)).find(({ id }) => id === announcerId);
    return announcer ? this.activities.announce(video, announcer) : null;
  }

  private async announcers(video: VideoEntity): Promise<ActorEntity[]> {
    return isTold(video) ? [video.channel!.actor!, await this.actors.instance()] : [];
  }
}
