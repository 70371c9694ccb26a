import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, In, IsNull, Not } from 'typeorm';
import { WebSeedEntity } from '../seeds/web-seed.entity.js';
import type { Page } from '../shared/page.js';
import { Config } from '../config/config.js';
import { VideoEntity } from '../videos/video.entity.js';
import type { RedundancyListQuery, VideoRedundancyView } from './dto/redundancy.js';

/** Copies of our videos that other instances offer, in PeerTube's shape; those that were dropped too, with the reason. */
@Injectable()
export class OfferedCopies {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  async videos({ start, count, sort }: RedundancyListQuery): Promise<Page<VideoRedundancyView>> {
    const { manager } = this.dataSource;
    const [videos, total] = await manager.findAndCount(VideoEntity, {
      where: { remote: false, files: { webSeeds: { id: Not(IsNull()) } } },
      order: { name: sort === '-name' ? 'DESC' : 'ASC', id: 'ASC' },
      skip: start,
      take: count,
    });
    const seeds = await manager.find(WebSeedEntity, {
      where: { file: { videoId: In(videos.map(({ id }) => id)) } },
      relations: { file: true },
    });
    const view = (video: VideoEntity): VideoRedundancyView => ({
      id: video.id,
      name: video.name,
      url: `${this.config.url}/videos/watch/${video.uuid}`,
      uuid: video.uuid,
      redundancies: {
        files: seeds.filter(({ file }) => file?.videoId === video.id).map(fileView),
        streamingPlaylists: [],
      },
    });
    return { total, data: videos.map(view) };
  }
}

const fileView = (seed: WebSeedEntity): VideoRedundancyView['redundancies']['files'][number] => ({
  id: seed.id,
  fileUrl: seed.url,
  strategy: null,
  createdAt: seed.createdAt.toISOString(),
  updatedAt: seed.updatedAt.toISOString(),
  expiresOn: seed.expiresAt?.toISOString() ?? null,
  size: seed.file!.size,
  state: seed.state,
  health: {
    errors: seed.errors,
    failureRate: seed.failureRate,
    throughput: seed.throughput,
    checkedAt: seed.checkedAt?.toISOString() ?? null,
    checkDueAt: seed.checkDueAt?.toISOString() ?? null,
    lastError: seed.lastError,
  },
});
