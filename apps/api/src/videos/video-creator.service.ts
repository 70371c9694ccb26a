import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import { InvalidInputError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import type { VideoAttributes } from './dto/video-attributes.js';
import { searchText } from './search-text.js';
import { VideoEntity, VideoState } from './video.entity.js';

export interface NewVideo {
  user: UserEntity;
  attributes: VideoAttributes;
  /** Name in the storage area `originals`. */
  originalFilename: string;
  /** Bytes. */
  originalSize: number;
}

/** Writes the row of a video whose file was accepted; processing publishes it. */
@Injectable()
export class VideoCreator {
  /** @throws InvalidInputError when the channel is not one of the user's. */
  async create(
    manager: EntityManager,
    { user, attributes, originalFilename, originalSize }: NewVideo,
  ): Promise<VideoEntity> {
    await this.assertOwnChannel(manager, user, attributes.channelId);
    const video = manager.create(VideoEntity, {
      ...attributes,
      uuid: randomUUID(),
      searchText: searchText(attributes.name, attributes.tags),
      state: VideoState.ToTranscode,
      originalFilename,
      originalSize,
      duration: 0,
      views: 0,
      aspectRatio: null,
      thumbnailFilename: null,
      previewFilename: null,
      publishedAt: null,
    });
    return manager.save(video);
  }

  /** @throws InvalidInputError naming `channelId`. */
  async assertOwnChannel(manager: EntityManager, user: UserEntity, channelId: number): Promise<void> {
    const owned = await manager.existsBy(ChannelEntity, { id: channelId, account: { userId: user.id } });
    if (!owned) throw new InvalidInputError([{ field: 'channelId', reason: 'is none of your channels' }]);
  }
}
