import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import type { Page } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import {
  inboxActivityListQuery,
  type InboxActivityListQuery,
  inboxActivityPageSchema,
  inboxActivityParam,
  type InboxActivityParam,
  type InboxActivityView,
  toInboxActivityView,
} from './dto/inbox-activities.js';
import { InboxActivities } from './inbox-activities.service.js';

/** What other servers told, and what became of it, for administrators. (Ours, not in PeerTube.) */
@ApiTags('Federation')
@Controller('api/v1/federation/inbox')
@RequireRole(UserRole.Administrator)
export class InboxActivitiesController {
  constructor(private readonly activities: InboxActivities) {}

  @Get()
  @ApiOperation({ summary: 'Activities that came in, the newest first.' })
  @ApiOkResponse({ standardSchema: inboxActivityPageSchema })
  async list(
    @Query({ schema: inboxActivityListQuery }) query: InboxActivityListQuery,
  ): Promise<Page<InboxActivityView>> {
    const { total, data } = await this.activities.list(query);
    return { total, data: data.map(toInboxActivityView) };
  }

  @Post(':id/retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Handles a refused or failed activity once more.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: '`activity_state`: it waits, or had its effect.' })
  retry(@Param({ schema: inboxActivityParam }) { id }: InboxActivityParam): Promise<void> {
    return this.activities.retry(id);
  }
}
