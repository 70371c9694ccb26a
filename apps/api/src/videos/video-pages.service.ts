import { Injectable } from '@nestjs/common';
import {
  HookRegistry,
  videoListAnswered,
  videoListAsked,
  videoSearchAnswered,
  videoSearchAsked,
} from '@vidiverse/hooks';
import type { Page } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { viewerOf } from '../users/viewer.js';
import type { VideoListQuery } from './dto/video-list-query.js';
import type { VideoView } from './dto/video-view.js';
import { changedQuery, listParameters } from './list-parameters.js';
import { type ListScope, VideoListService } from './video-list.service.js';
import type { VideoEntity } from './video.entity.js';
import { VideoMapper } from './video.mapper.js';

/** The hooks of one kind of list. */
export interface ListHooks {
  asked: typeof videoListAsked;
  answered: typeof videoListAnswered;
}

const LIST: ListHooks = { asked: videoListAsked, answered: videoListAnswered };
const SEARCH: ListHooks = { asked: videoSearchAsked, answered: videoSearchAnswered };

/** What somebody asked for, after the plugins had their say. */
interface Asked {
  query: VideoListQuery;
  user: UserEntity | null;
  scope: ListScope;
  hooks: ListHooks;
}

/** Lists of videos as they are answered: plugins see what is asked for, and each page before it is sent. */
@Injectable()
export class VideoPages {
  constructor(
    private readonly registry: HookRegistry,
    private readonly lists: VideoListService,
    private readonly mapper: VideoMapper,
  ) {}

  /** `row` makes the JSON of one video. */
  async list<Row extends VideoView = VideoView>(
    query: VideoListQuery,
    user: UserEntity | null,
    scope: ListScope = {},
    row?: (video: VideoEntity) => Row,
  ): Promise<Page<Row>> {
    return (await this.listWithRows(query, user, scope, row)).page;
  }

  /** The page, and the rows of the database that it was made of. */
  async listWithRows<Row extends VideoView = VideoView>(
    query: VideoListQuery,
    user: UserEntity | null,
    scope: ListScope = {},
    row?: (video: VideoEntity) => Row,
  ): Promise<{ page: Page<Row>; videos: VideoEntity[] }> {
    const asked = await this.ask(LIST, query, user, scope);
    const found = await this.lists.list(asked.query, user, scope);
    return { page: await this.answer(asked, found, row), videos: found.data };
  }

  /** `byAddress` finds the one video that the words are the address of; null when they are none. */
  async search<Found extends { found: VideoEntity | null }>(
    query: VideoListQuery,
    user: UserEntity | null,
    byAddress: (words: string | undefined) => Promise<Found | null>,
  ): Promise<{ page: Page<VideoView>; address: Found | null }> {
    const asked = await this.ask(SEARCH, query, user, {});
    const address = await byAddress(asked.query.search);
    if (!address)
      return { page: await this.answer(asked, await this.lists.list(asked.query, user)), address };
    const data = address.found ? [address.found] : [];
    return { page: await this.answer(asked, { total: data.length, data }), address };
  }

  private async ask(
    hooks: ListHooks,
    query: VideoListQuery,
    user: UserEntity | null,
    scope: ListScope,
  ): Promise<Asked> {
    if (!this.registry.hasHandlers(hooks.asked)) return { query, user, scope, hooks };
    const given = listParameters(query);
    const answer = await this.registry.filter(hooks.asked, given, contextOf(user, scope));
    return {
      query: answer === given ? query : changedQuery(query, answer, hooks.asked.name),
      user,
      scope,
      hooks,
    };
  }

  private async answer<Row extends VideoView = VideoView>(
    { query, user, scope, hooks }: Asked,
    { total, data }: Page<VideoEntity>,
    row = (video: VideoEntity) => this.mapper.summary(video) as Row,
  ): Promise<Page<Row>> {
    const page = { total, data: data.map((video) => row(video)) };
    if (!this.registry.hasHandlers(hooks.answered)) return page;
    const context = { ...contextOf(user, scope), parameters: listParameters(query) };
    return (await this.registry.filter(hooks.answered, page, context)) as Page<Row>;
  }
}

const contextOf = (user: UserEntity | null, { accountId, channelId, ownerUserId }: ListScope) => ({
  viewer: viewerOf(user),
  ...(accountId !== undefined && { accountId }),
  ...(channelId !== undefined && { channelId }),
  own: ownerUserId !== undefined,
});
