import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, In, Not } from 'typeorm';
import { Config } from '../config/config.js';
import { inTransaction } from '../database/in-transaction.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../shared/domain-error.js';
import type { Page } from '../shared/page.js';
import { VideoEntity, VideoPrivacy, VideoState } from '../videos/video.entity.js';
import type { CopyListQuery, RedundancyStatsView } from './dto/caching.js';
import type { RedundancyListQuery } from './dto/redundancy.js';
import { CachingClock } from './caching-clock.js';
import { CacheSettingsService } from './cache-settings.service.js';
import { CachedFileEntity, type CopyState, MANUAL } from './cached-file.entity.js';
import { CopyStore } from './copy-store.service.js';

/** Rows that have room of a budget. */
const HELD = Not<CopyState>('failed');

/** A video with our copies of its files. */
export interface VideoWithCopies {
  video: VideoEntity;
  copies: CachedFileEntity[];
}

/** What administrators see of copies, and do with them. */
@Injectable()
export class CachedFiles {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly settings: CacheSettingsService,
    private readonly store: CopyStore,
    private readonly clock: CachingClock,
  ) {}

  /** The newest first, with their videos. */
  async list({ start, count, state }: CopyListQuery): Promise<Page<CachedFileEntity>> {
    const [data, total] = await this.dataSource.manager.findAndCount(CachedFileEntity, {
      where: state ? { state } : {},
      relations: { videoFile: { video: true } },
      order: { id: 'DESC' },
      skip: start,
      take: count,
    });
    return { total, data };
  }

  /** Videos of others that we have copies of, or will. */
  async videos({ start, count, sort }: RedundancyListQuery): Promise<Page<VideoWithCopies>> {
    const { manager } = this.dataSource;
    const [videos, total] = await manager.findAndCount(VideoEntity, {
      where: { files: { copy: { state: HELD } } },
      order: { name: sort === '-name' ? 'DESC' : 'ASC', id: 'ASC' },
      skip: start,
      take: count,
    });
    const copies = await manager.find(CachedFileEntity, {
      where: { videoFile: { videoId: In(videos.map(({ id }) => id)) }, state: HELD },
      relations: { videoFile: true },
      order: { resolution: 'DESC' },
    });
    const of = (id: number) => copies.filter(({ videoFile }) => videoFile?.videoId === id);
    return { total, data: videos.map((video) => ({ video, copies: of(video.id) })) };
  }

  /** Copies every file of a video. @throws NotFoundError, ConflictError, UnprocessableError */
  async add(videoId: number): Promise<void> {
    const video = await this.dataSource.manager.findOne(VideoEntity, {
      where: { id: videoId },
      relations: { files: { copy: true } },
    });
    if (!video) throw new NotFoundError('Video');
    if (!video.remote) throw new ConflictError('It is a video of this instance.', 'local_video');
    const { enabled } = await this.settings.get();
    if (!enabled) throw new ConflictError('Caching is turned off.', 'caching_off');
    if (video.privacy !== VideoPrivacy.Public || video.state !== VideoState.Published)
      throw new UnprocessableError('Only public videos are cached.', 'not_public');
    const files = (video.files ?? []).filter(({ infoHash }) => infoHash !== null);
    if (files.length === 0) throw new UnprocessableError('It has no file with a torrent.', 'no_torrent');
    const isHeld = ({ copy }: (typeof files)[number]) => copy && copy.state !== 'failed';
    if (files.some(isHeld))
      throw new ConflictError('It is cached already, or going to be.', 'already_cached');
    await inTransaction(this.dataSource, async (manager) => {
      await this.assertRoom(
        manager,
        files.reduce((total, { size }) => total + size, 0),
      );
      for (const { id: fileId, copy } of files) {
        if (copy) await manager.delete(CachedFileEntity, { id: copy.id, state: 'failed' });
        await this.store.want(manager, { fileId, strategy: MANUAL, reason: 'An administrator chose it.' });
      }
    }).catch((error: unknown) => {
      if (isDuplicate(error)) throw new ConflictError('It is being cached already.', 'already_cached');
      throw error;
    });
  }

  /** @throws NotFoundError */
  async remove(id: number): Promise<void> {
    const isThere = await this.dataSource.manager.existsBy(CachedFileEntity, { id });
    if (!isThere) throw new NotFoundError('Copy');
    await this.store.leave(id, 'An administrator removed it.');
    await this.clock.soon();
  }

  /** Of each strategy, and of those that are over but still hold something. Counted by the database: anybody may ask. */
  async statistics(): Promise<RedundancyStatsView[]> {
    const strategies = this.settings.strategiesOf(await this.settings.get());
    const rows = await this.dataSource.manager
      .createQueryBuilder(CachedFileEntity, 'copy')
      .select('copy.strategy', 'strategy')
      .addSelect("COUNT(CASE WHEN copy.state = 'cached' THEN 1 END)", 'totalVideoFiles')
      .addSelect("COUNT(DISTINCT CASE WHEN copy.state = 'cached' THEN copy.videoUuid END)", 'totalVideos')
      .addSelect("SUM(CASE WHEN copy.state = 'cached' THEN copy.size ELSE 0 END)", 'totalUsed')
      .addSelect('SUM(copy.size)', 'totalHeld')
      .addSelect('SUM(copy.servedBytes)', 'totalServed')
      .where({ state: HELD })
      .groupBy('copy.strategy')
      .getRawMany<Record<string, string | number>>();
    const names = new Set([
      ...strategies.map(({ name }) => name),
      ...rows.map((row) => String(row.strategy)),
    ]);
    return [...names].map((strategy) => {
      const row = rows.find((one) => one.strategy === strategy);
      const number = (column: string) => Number(row?.[column] ?? 0);
      return {
        strategy,
        totalSize: strategies.find(({ name }) => name === strategy)?.budget ?? 0,
        totalUsed: number('totalUsed'),
        totalVideoFiles: number('totalVideoFiles'),
        totalVideos: number('totalVideos'),
        totalHeld: number('totalHeld'),
        totalServed: number('totalServed'),
      };
    });
  }

  /** The rows are kept from others that count them at the same time; SQLite runs one transaction at a time anyway. */
  private async assertRoom(manager: EntityManager, bytes: number): Promise<void> {
    const { manualBudget } = this.config.caching;
    const sqlite = manager.connection.options.type === 'better-sqlite3';
    const held = await manager.find(CachedFileEntity, {
      where: { strategy: MANUAL },
      ...(!sqlite && { lock: { mode: 'pessimistic_write' as const } }),
    });
    const used = held.filter(({ state }) => state !== 'failed').reduce((sum, { size }) => sum + size, 0);
    const left = manualBudget - used;
    if (bytes > left)
      throw new UnprocessableError(
        `It has ${bytes} bytes; ${left} of caching.manualBudget (${manualBudget}) are left.`,
        'no_room',
      );
  }
}
