import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { FindOptionsWhere, Repository } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { parseVideoId } from '../videos/short-uuid.js';
import { isOpen } from '../videos/video-access.js';
import { VideoEntity, VideoPrivacy, VideoState } from '../videos/video.entity.js';

/** What a video's ActivityPub object is made from. */
export const RELATIONS = { files: true, channel: { actor: true, account: { actor: true } } } as const;

/** Videos of this instance as other servers may see them. */
@Injectable()
export class LocalVideos {
  constructor(@InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>) {}

  /** A published video that is public or unlisted; null for any other. */
  async find(idOrUuid: string): Promise<VideoEntity | null> {
    const where = parseVideoId(idOrUuid);
    if (!where) return null;
    const found = await this.videos.findOne({
      where: { ...where, remote: false, state: VideoState.Published },
      relations: RELATIONS,
    });
    return found && isOpen(found.privacy) ? found : null;
  }

  /** Where a video of another instance that is shown here has its document; null for any other. */
  async originOf(idOrUuid: string): Promise<string | null> {
    const where = parseVideoId(idOrUuid);
    if (!where) return null;
    const found = await this.videos.findOneBy({ ...where, remote: true });
    return found && isOpen(found.privacy) ? found.url : null;
  }

  /** Public videos that an actor of ours has published, the newest first: its channel's, its account's, or all of ours. */
  async publishedBy(
    { id, type }: ActorEntity,
    { skip, take }: { skip: number; take: number },
  ): Promise<{ total: number; videos: VideoEntity[] }> {
    const where: FindOptionsWhere<VideoEntity> = {
      remote: false,
      state: VideoState.Published,
      privacy: VideoPrivacy.Public,
      ...(type === 'Group' && { channel: { actorId: id } }),
      ...(type === 'Person' && { channel: { account: { actorId: id } } }),
    };
    const order = { publishedAt: 'DESC', id: 'DESC' } as const;
    const [videos, total] = await this.videos.findAndCount({
      where,
      order,
      skip,
      take,
      relations: RELATIONS,
    });
    return { total, videos };
  }
}
