import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { videoListAnswered, videoListAsked, videoSearchAnswered, videoSearchAsked } from '@vidiverse/hooks';
import type { Repository } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { CachedForVisitors } from '../http/response-cache/cached-for-visitors.js';
import { NotFoundError } from '../shared/domain-error.js';
import { RemoteSearch } from '../remote-videos/remote-search.service.js';
import { handleParts } from '../shared/handle.js';
import type { Page } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { overviewQuery, overviewSchema, type OverviewView } from './dto/overview-view.js';
import { videoListQuery, type VideoListQuery, videoSort } from './dto/video-list-query.js';
import {
  ownVideoPageSchema,
  type OwnVideoView,
  videoPageSchema,
  type VideoSearchPage,
  videoSearchPageSchema,
  type VideoView,
} from './dto/video-view.js';
import { OverviewService } from './overview.service.js';
import { VideoPages } from './video-pages.service.js';
import { VideoMapper } from './video.mapper.js';

const searchQuery = videoListQuery.extend({ sort: videoSort.prefault('-match') });

/** The other doors to lists of videos: one's own, an account's, a channel's, the search. */
@ApiTags('Videos')
@Controller('api/v1')
export class VideoListsController {
  constructor(
    private readonly pages: VideoPages,
    private readonly mapper: VideoMapper,
    private readonly overviews: OverviewService,
    private readonly config: Config,
    private readonly remote: RemoteSearch,
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
  ) {}

  @Get('users/me/videos')
  @RequireUser()
  @ApiOperation({ summary: 'One’s own videos, of every privacy and state.' })
  @ApiOkResponse({ standardSchema: ownVideoPageSchema })
  mine(
    @Query({ schema: videoListQuery }) query: VideoListQuery,
    @CurrentUser() user: UserEntity,
  ): Promise<Page<OwnVideoView>> {
    return this.pages.list(query, user, { ownerUserId: user.id }, (video) => this.mapper.ownSummary(video));
  }

  @Get('accounts/:handle/videos')
  @CachedForVisitors(videoListAsked, videoListAnswered)
  @ApiOperation({ summary: 'Public videos of an account, by name or name@host.' })
  @ApiOkResponse({ standardSchema: videoPageSchema })
  @ApiNotFoundResponse()
  async ofAccount(
    @Param('handle') handle: string,
    @Query({ schema: videoListQuery }) query: VideoListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<Page<VideoView>> {
    const account = await this.accounts.findOneBy(handleParts(handle, this.config));
    if (!account) throw new NotFoundError('Account');
    return this.pages.list(query, user, { accountId: account.id });
  }

  @Get('video-channels/:handle/videos')
  @CachedForVisitors(videoListAsked, videoListAnswered)
  @ApiOperation({ summary: 'Public videos of a channel, by name or name@host.' })
  @ApiOkResponse({ standardSchema: videoPageSchema })
  @ApiNotFoundResponse()
  async ofChannel(
    @Param('handle') handle: string,
    @Query({ schema: videoListQuery }) query: VideoListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<Page<VideoView>> {
    const channel = await this.channels.findOneBy(handleParts(handle, this.config));
    if (!channel) throw new NotFoundError('Channel');
    return this.pages.list(query, user, { channelId: channel.id });
  }

  @Get('search/videos')
  @CachedForVisitors(videoSearchAsked, videoSearchAnswered)
  @ApiOperation({
    summary:
      'Public videos whose title or tags contain every word of `search`. The URL of a video finds that one: for users it is fetched from its instance.',
  })
  @ApiOkResponse({ standardSchema: videoSearchPageSchema })
  async search(
    @Query({ schema: searchQuery }) query: VideoListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<VideoSearchPage> {
    const find = (words: string | undefined) => this.remote.video(words, user);
    const { page, address } = await this.pages.search(query, user, find);
    return { ...page, ...(address && address.reason !== null && { remoteError: address.reason }) };
  }

  @Get('overviews/videos')
  @CachedForVisitors(videoListAsked, videoListAnswered)
  @ApiOperation({ summary: 'A look at the latest public videos: by category, by tag and by channel.' })
  @ApiOkResponse({ standardSchema: overviewSchema })
  overview(@Query({ schema: overviewQuery }) { page }: { page: number }): Promise<OverviewView> {
    return this.overviews.page(page);
  }
}
