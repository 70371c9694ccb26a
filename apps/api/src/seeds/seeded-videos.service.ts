import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, In, IsNull, Not } from 'typeorm';
import type { Page } from '../shared/page.js';
import { VideoEntity } from '../videos/video.entity.js';
import { WebSeedEntity } from './web-seed.entity.js';

export interface SeededVideo {
  video: VideoEntity;
  /** With their files. */
  seeds: WebSeedEntity[];
}

/** Our videos that other instances have copies of; those that were dropped too, with the reason. */
@Injectable()
export class SeededVideos {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** By name; `order` is its direction. */
  async list(page: { start: number; count: number; order: 'ASC' | 'DESC' }): Promise<Page<SeededVideo>> {
    const { manager } = this.dataSource;
    const [videos, total] = await manager.findAndCount(VideoEntity, {
      where: { remote: false, files: { webSeeds: { id: Not(IsNull()) } } },
      order: { name: page.order, id: 'ASC' },
      skip: page.start,
      take: page.count,
    });
    const seeds = await manager.find(WebSeedEntity, {
      where: { file: { videoId: In(videos.map(({ id }) => id)) } },
      relations: { file: true },
    });
    const seedsOf = ({ id }: VideoEntity) => seeds.filter(({ file }) => file?.videoId === id);
    return { total, data: videos.map((video) => ({ video, seeds: seedsOf(video) })) };
  }
}
