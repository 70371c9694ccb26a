import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, IsNull, Not } from 'typeorm';
import { CachedFiles } from '../caching/cached-files.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { UserEntity } from '../users/user.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import type { StatsView } from './dto/stats-view.js';

/** Counts what the instance holds. */
@Injectable()
export class StatsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly copies: CachedFiles,
  ) {}

  async totals(): Promise<StatsView> {
    const { manager } = this.dataSource;
    const readable = { deletedAt: IsNull(), accountId: Not(IsNull()) };
    return {
      totalUsers: await manager.count(UserEntity),
      totalLocalVideos: await manager.countBy(VideoEntity, { remote: false }),
      totalVideos: await manager.count(VideoEntity),
      totalLocalVideoViews: (await manager.sum(VideoEntity, 'views', { remote: false })) ?? 0,
      totalLocalVideoComments: await manager.countBy(CommentEntity, { ...readable, account: { host: '' } }),
      totalVideoComments: await manager.countBy(CommentEntity, readable),
      totalLocalVideoFilesSize: Number(
        (await manager.sum(VideoFileEntity, 'size', { video: { remote: false } })) ?? 0,
      ),
      videosRedundancy: await this.copies.statistics(),
      totalLocalVideoChannels: await manager.countBy(ChannelEntity, { host: '' }),
    };
  }
}
