import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { type Page, pageQuery, type PageQuery } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import {
  followCreation,
  type FollowCreation,
  hostOrHandleParam,
  type HostOrHandleParam,
} from './dto/follow-requests.js';
import { followTargetPageSchema, type FollowTargetView } from './dto/follow-views.js';
import { toFollowTargetView } from './follow.mapper.js';
import { FollowingService } from './following.service.js';

/** Whom this instance is to follow. */
@ApiTags('Following')
@Controller('api/v1/server/following')
@RequireRole(UserRole.Administrator)
export class FollowingController {
  constructor(private readonly following: FollowingService) {}

  @Get('targets')
  @ApiOperation({ summary: 'Beyond PeerTube: what was asked for and is not found yet, and why.' })
  @ApiOkResponse({ standardSchema: followTargetPageSchema })
  async targets(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<FollowTargetView>> {
    const { total, data } = await this.following.targets(query);
    return { total, data: data.map(toFollowTargetView) };
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Follows instances by host, channels and accounts by handle. Each is looked for by a job.',
  })
  @ApiNoContentResponse()
  async follow(@Body({ schema: followCreation }) body: FollowCreation): Promise<void> {
    await this.following.follow(body);
  }

  @Post(':hostOrHandle/crawl')
  @HttpCode(204)
  @ApiOperation({ summary: 'Beyond PeerTube: looks for its older videos again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: '`not_accepted`: the other side has not accepted the follow.' })
  async crawl(@Param({ schema: hostOrHandleParam }) { hostOrHandle }: HostOrHandleParam): Promise<void> {
    await this.following.crawl(hostOrHandle);
  }

  @Delete(':hostOrHandle')
  @HttpCode(204)
  @ApiOperation({ summary: 'Follows it no more, or stops looking for it.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async unfollow(@Param({ schema: hostOrHandleParam }) { hostOrHandle }: HostOrHandleParam): Promise<void> {
    await this.following.unfollow(hostOrHandle);
  }
}
