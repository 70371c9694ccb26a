import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type Repository, type SelectQueryBuilder } from 'typeorm';
import { Config } from '../config/config.js';
import { like } from '../database/like.js';
import { hideBlocked } from '../moderation/hide-blocked.js';
import { FollowConstraint } from '../following/follow-constraint.service.js';
import type { Page } from '../shared/page.js';
import { type UserEntity, UserRole } from '../users/user.entity.js';
import type { SortKey, VideoListQuery } from './dto/video-list-query.js';
import { fold, tagText } from './search-text.js';
import { TRENDING_DAYS, VideoViewsEntity } from './video-views.entity.js';
import { VideoEntity, VideoPrivacy, VideoState } from './video.entity.js';

/** Whose videos a list is about. */
export interface ListScope {
  accountId?: number;
  channelId?: number;
  /** The owner's own list: every privacy and state. */
  ownerUserId?: number;
}

const COLUMNS: Record<Exclude<SortKey, 'trending' | 'hot' | 'best'>, string> = {
  name: 'video.name',
  duration: 'video.duration',
  createdAt: 'video.createdAt',
  publishedAt: 'video.publishedAt',
  originallyPublishedAt: 'video.originallyPublishedAt',
  updatedAt: 'video.updatedAt',
  views: 'video.views',
  likes: 'video.likes',
  comments: 'video.comments',
  match: 'video.publishedAt',
};

type Query = SelectQueryBuilder<VideoEntity>;

/** Lists of videos: who may see which, filters, order. */
@Injectable()
export class VideoListService {
  constructor(
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly config: Config,
    private readonly constraint: FollowConstraint,
  ) {}

  async list(
    query: VideoListQuery,
    user: UserEntity | null,
    scope: ListScope = {},
  ): Promise<Page<VideoEntity>> {
    // There are no live videos here: asking for nothing else finds nothing.
    if (query.isLive === true) return { total: 0, data: [] };
    const builder = this.videos
      .createQueryBuilder('video')
      .innerJoinAndSelect('video.channel', 'channel')
      .innerJoinAndSelect('channel.account', 'account')
      .leftJoinAndSelect('channel.actor', 'channelActor')
      .leftJoinAndSelect('account.actor', 'accountActor');
    restrict(builder, query, user, scope);
    if (user === null) builder.andWhere(this.constraint.condition(builder));
    filter(builder, query);
    this.ofHost(builder, query);
    const total = query.skipCount ? 0 : await builder.getCount();
    order(builder, query.sort);
    const data = query.count === 0 ? [] : await builder.offset(query.start).limit(query.count).getMany();
    return { total, data };
  }

  private ofHost(builder: Query, { isLocal, host }: VideoListQuery): void {
    if (isLocal !== undefined) builder.andWhere('video.remote = :remote', { remote: !isLocal });
    if (!host) return;
    const own = host.toLowerCase() === new URL(this.config.url).host;
    builder.andWhere('channel.host = :host', { host: own ? '' : host.toLowerCase() });
  }
}

function restrict(builder: Query, query: VideoListQuery, user: UserEntity | null, scope: ListScope): void {
  if (scope.accountId !== undefined) builder.andWhere('account.id = :accountId', scope);
  if (scope.channelId !== undefined) builder.andWhere('channel.id = :channelId', scope);
  if (scope.ownerUserId !== undefined) {
    builder.andWhere('account.userId = :ownerUserId', scope);
    return;
  }
  const staff = user !== null && user.role !== UserRole.User;
  const privacies = staff && query.privacyOneOf ? query.privacyOneOf : [VideoPrivacy.Public];
  builder
    .andWhere('video.state = :published', { published: VideoState.Published })
    .andWhere('video.privacy IN (:...privacies)', { privacies });
  hideBlocked(builder, user);
}

function filter(builder: Query, query: VideoListQuery): void {
  const among = (column: string, name: string, values: unknown[] | undefined) => {
    if (values?.length) builder.andWhere(`${column} IN (:...${name})`, { [name]: values });
  };
  among('video.category', 'categories', query.categoryOneOf);
  among('video.licence', 'licences', query.licenceOneOf);
  among('video.language', 'languages', query.languageOneOf);
  if (query.nsfw !== 'both') builder.andWhere('video.nsfw = :nsfw', { nsfw: query.nsfw === 'true' });
  if (query.durationMin !== undefined)
    builder.andWhere('video.duration >= :shortest', { shortest: query.durationMin });
  if (query.durationMax !== undefined)
    builder.andWhere('video.duration <= :longest', { longest: query.durationMax });
  if (query.startDate) builder.andWhere('video.publishedAt >= :from', { from: query.startDate });
  if (query.endDate) builder.andWhere('video.publishedAt <= :until', { until: query.endDate });
  for (const [index, word] of fold(query.search ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .entries())
    contains(builder, `word${index}`, word);
  for (const [index, tag] of (query.tagsAllOf ?? []).entries())
    contains(builder, `tag${index}`, tagText(tag));
  if (query.tagsOneOf?.length) {
    builder.andWhere(
      new Brackets((any) => {
        for (const [index, tag] of query.tagsOneOf!.entries())
          any.orWhere(...inText(`anyTag${index}`, tagText(tag)));
      }),
    );
  }
}

const contains = (builder: Query, name: string, text: string) => builder.andWhere(...inText(name, text));

const inText = (name: string, text: string) => like('video.searchText', name, text);

function order(builder: Query, { key, descending }: VideoListQuery['sort']): void {
  const direction = descending ? 'DESC' : 'ASC';
  if (key === 'trending' || key === 'hot' || key === 'best') {
    const recent = builder
      .subQuery()
      .select('COALESCE(SUM(recent.views), 0)')
      .from(VideoViewsEntity, 'recent')
      .where('recent.videoId = video.id AND recent.day >= :firstDay')
      .getQuery();
    const firstDay = new Date(Date.now() - TRENDING_DAYS * 86_400_000).toISOString().slice(0, 10);
    builder
      .addSelect(recent, 'recent_views')
      .setParameter('firstDay', firstDay)
      .orderBy('recent_views', direction);
    builder.addOrderBy('video.publishedAt', direction);
  } else {
    builder.orderBy(COLUMNS[key], direction);
  }
  builder.addOrderBy('video.id', direction);
}
