import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { byName, type CacheCandidate, type CacheStrategy } from '@vidiverse/policy';
import { Brackets, type DataSource, type SelectQueryBuilder } from 'typeorm';
import { Config } from '../config/config.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { TRENDING_DAYS, VideoViewsEntity } from '../videos/video-views.entity.js';
import { VideoPrivacy, VideoState } from '../videos/video.entity.js';
import { CachedFileEntity } from './cached-file.entity.js';

const DAY = 24 * 3600_000;

type Query = SelectQueryBuilder<VideoFileEntity>;

interface CandidateRow {
  fileId: number;
  infoHash: string;
  size: string | number;
  videoUuid: string;
  duration: string | number;
  title: string;
  views: string | number;
  publishedAt: Date | string | null;
  channel: string;
  host: string;
  recentViews: string | number | null;
}

/** With what its bytes must hash to. */
export type ProvableCandidate = CacheCandidate & { infoHash: string };

/** Files of public videos of other instances, whose bytes can be proven. */
@Injectable()
export class CacheCandidates {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** The best that a strategy may take, up to `caching.maxCandidates`; none that could not be had lately. */
  async of(strategy: CacheStrategy, hosts: ReadonlyMap<string, boolean>): Promise<ProvableCandidate[]> {
    if (strategy.kind === 'manual') return [];
    const query = this.query();
    const spoken = (allowed: boolean) => [...hosts].flatMap(([host, may]) => (may === allowed ? host : []));
    if (byName(strategy))
      query.andWhere('channel.host NOT IN (:...denied)', { denied: ['', ...spoken(false)] });
    else query.andWhere('channel.host IN (:...allowed)', { allowed: ['', ...spoken(true)] });
    narrow(query, strategy);
    const failed = query
      .subQuery()
      .select('failed.videoFileId')
      .from(CachedFileEntity, 'failed')
      .where(`failed.state = 'failed' AND failed.videoFileId IS NOT NULL`)
      .getQuery();
    const rows = await query
      .andWhere(`file.id NOT IN ${failed}`)
      .addOrderBy('video.publishedAt', 'DESC')
      .addOrderBy('file.id', 'ASC')
      .limit(this.config.caching.maxCandidates)
      .getRawMany<CandidateRow>();
    return rows.map(toCandidate);
  }

  /** Those of the files that have a copy, however they rank. */
  async held(): Promise<ProvableCandidate[]> {
    const query = this.query();
    const held = query.subQuery().select('held.videoFileId').from(CachedFileEntity, 'held').getQuery();
    return (await query.andWhere(`file.id IN ${held}`).getRawMany<CandidateRow>()).map(toCandidate);
  }

  private query(): Query {
    const firstDay = new Date(Date.now() - (TRENDING_DAYS - 1) * DAY).toISOString().slice(0, 10);
    return this.dataSource.manager
      .createQueryBuilder(VideoFileEntity, 'file')
      .innerJoin('file.video', 'video')
      .innerJoin('video.channel', 'channel')
      .select('file.id', 'fileId')
      .addSelect('file.infoHash', 'infoHash')
      .addSelect('file.size', 'size')
      .addSelect('video.uuid', 'videoUuid')
      .addSelect('video.duration', 'duration')
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
      .where(`file.infoHash <> '' AND file.size > 0`)
      .andWhere('video.remote = :remote AND video.privacy = :privacy AND video.state = :state', {
        remote: true,
        privacy: VideoPrivacy.Public,
        state: VideoState.Published,
      })
      .setParameter('firstDay', firstDay);
  }
}

/** The policy decides; this is so that what it looks at first is not left out. */
function narrow(query: Query, { kind, minViews = 0, channels = [], host = '' }: CacheStrategy): void {
  if (kind === 'most-views')
    query.andWhere('video.views >= :minViews', { minViews }).orderBy('video.views', 'DESC');
  if (kind === 'trending') query.orderBy('recentViews', 'DESC');
  if (kind === 'instance') query.andWhere('channel.host = :host', { host });
  if (kind !== 'channels') return;
  query.andWhere(
    new Brackets((any) => {
      any.where('1 = 0');
      for (const [index, handle] of channels.entries()) {
        const [name, at] = handle.split('@');
        any.orWhere(`(channel.name = :name${index} AND channel.host = :at${index})`, {
          [`name${index}`]: name,
          [`at${index}`]: at,
        });
      }
    }),
  );
}

const toCandidate = (row: CandidateRow): ProvableCandidate => ({
  fileId: row.fileId,
  infoHash: row.infoHash,
  videoUuid: row.videoUuid,
  title: row.title,
  channel: `${row.channel}@${row.host}`,
  host: row.host,
  size: Number(row.size),
  duration: Number(row.duration),
  views: Number(row.views),
  recentViews: Number(row.recentViews ?? 0),
  publishedAt: new Date(utc(row.publishedAt)),
});

/** Raw rows of SQLite have dates as text, in UTC without saying so. */
const utc = (date: Date | string | null): Date | string | number =>
  typeof date === 'string' ? `${date.replace(' ', 'T').replace(/Z$/, '')}Z` : (date ?? 0);
