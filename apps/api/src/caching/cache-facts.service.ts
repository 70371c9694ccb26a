import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CacheCandidate, CacheFacts, HeldCopy } from '@vidiverse/policy';
import { type DataSource, Not } from 'typeorm';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { TRENDING_DAYS, VideoViewsEntity } from '../videos/video-views.entity.js';
import { VideoPrivacy, VideoState } from '../videos/video.entity.js';
import { CacheSettingsService, type CacheSettings } from './cache-settings.service.js';
import { CachedFileEntity } from './cached-file.entity.js';

const DAY = 24 * 3600_000;

interface CandidateRow {
  fileId: number;
  infoHash: string;
  size: string | number;
  title: string;
  views: string | number;
  publishedAt: Date | string | null;
  channel: string;
  host: string;
  recentViews: string | number | null;
}

/** What the cache policy must know, read from the database. */
@Injectable()
export class CacheFactsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly settings: CacheSettingsService,
  ) {}

  /** `settings`: those that hold, or others that somebody only wants to look at. */
  async read(settings: CacheSettings): Promise<CacheFacts> {
    const rows = await this.candidates();
    const copies = await this.dataSource.manager.find(CachedFileEntity, {
      select: {
        id: true,
        videoFileId: true,
        infoHash: true,
        strategy: true,
        size: true,
        state: true,
        createdAt: true,
      },
    });
    const failed = new Set(copies.flatMap((copy) => (copy.state === 'failed' ? copy.videoFileId : [])));
    const hashes = new Map(rows.map(({ fileId, infoHash }) => [fileId, infoHash]));
    return {
      now: new Date(),
      strategies: this.settings.strategiesOf(settings),
      candidates: rows.filter(({ fileId }) => !failed.has(fileId)).map(toCandidate),
      held: copies.filter(({ state }) => state !== 'failed').map((copy) => toHeld(copy, hashes)),
      hosts: await this.settings.hosts(),
    };
  }

  /** Files of public videos of other instances, whose bytes can be proven. */
  private candidates(): Promise<CandidateRow[]> {
    const firstDay = new Date(Date.now() - (TRENDING_DAYS - 1) * DAY).toISOString().slice(0, 10);
    return this.dataSource.manager
      .createQueryBuilder(VideoFileEntity, 'file')
      .innerJoin('file.video', 'video')
      .innerJoin('video.channel', 'channel')
      .select('file.id', 'fileId')
      .addSelect('file.infoHash', 'infoHash')
      .addSelect('file.size', 'size')
      .addSelect('video.name', 'title')
      .addSelect('video.views', 'views')
      .addSelect('video.publishedAt', 'publishedAt')
      .addSelect('channel.name', 'channel')
      .addSelect('channel.host', 'host')
      .addSelect(
        (query) =>
          query
            .select('SUM(recent.views)')
            .from(VideoViewsEntity, 'recent')
            .where('recent.videoId = video.id AND recent.day >= :firstDay'),
        'recentViews',
      )
      .where({ infoHash: Not('') })
      .andWhere('video.remote = :remote AND video.privacy = :privacy AND video.state = :state', {
        remote: true,
        privacy: VideoPrivacy.Public,
        state: VideoState.Published,
      })
      .setParameter('firstDay', firstDay)
      .getRawMany<CandidateRow>();
  }
}

const toCandidate = (row: CandidateRow): CacheCandidate => ({
  fileId: row.fileId,
  title: row.title,
  channel: `${row.channel}@${row.host}`,
  host: row.host,
  size: Number(row.size),
  views: Number(row.views),
  recentViews: Number(row.recentViews ?? 0),
  publishedAt: new Date(utc(row.publishedAt)),
});

/** Raw rows of SQLite have dates as text, in UTC without saying so. */
const utc = (date: Date | string | null): Date | string | number =>
  typeof date === 'string' ? `${date.replace(' ', 'T').replace(/Z$/, '')}Z` : (date ?? 0);

/** A file that has other bytes by now is another file: the copy is of none. */
const toHeld = (copy: CachedFileEntity, hashes: ReadonlyMap<number, string>): HeldCopy => ({
  copyId: copy.id,
  fileId:
    copy.videoFileId !== null && hashes.get(copy.videoFileId) === copy.infoHash ? copy.videoFileId : null,
  strategy: copy.strategy,
  size: copy.size,
  leaving: copy.state === 'evicting',
  heldSince: copy.createdAt,
});
