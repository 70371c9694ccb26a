import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import type { Page } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { followListQuery, type FollowListQuery } from './dto/follow-requests.js';
import { followPageSchema, type FollowView } from './dto/follow-views.js';
import { FollowListService } from './follow-list.service.js';

const SHOWN = 'Accepted ones, for everybody; administrators see all of them, and why each is in its state.';

/** Whom this instance follows and who follows it, open to everybody as in PeerTube. */
@ApiTags('Following')
@Controller('api/v1/server')
export class FollowListsController {
  constructor(private readonly lists: FollowListService) {}

  @Get('following')
  @ApiOperation({ summary: `Instances, channels and accounts that are followed. ${SHOWN}` })
  @ApiOkResponse({ standardSchema: followPageSchema })
  following(
    @Query({ schema: followListQuery }) query: FollowListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<Page<FollowView>> {
    return this.lists.list('follower', query, user);
  }

  @Get('followers')
  @ApiOperation({ summary: `Followers of this instance, its channels and accounts. ${SHOWN}` })
  @ApiOkResponse({ standardSchema: followPageSchema })
  followers(
    @Query({ schema: followListQuery }) query: FollowListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<Page<FollowView>> {
    return this.lists.list('target', query, user);
  }
}
