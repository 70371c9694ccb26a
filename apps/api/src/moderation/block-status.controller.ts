import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { BlockStatusService } from './block-status.service.js';
import { blockStatusQuery, type BlockStatusQuery } from './dto/block-requests.js';
import { blockStatusSchema, type BlockStatusView } from './dto/block-views.js';

@ApiTags('Block lists')
@Controller('api/v1/blocklist')
export class BlockStatusController {
  constructor(private readonly statuses: BlockStatusService) {}

  @Get('status')
  @ApiOperation({
    summary: 'Which of these accounts and servers are blocked, by the instance or by the user who asks.',
  })
  @ApiOkResponse({ standardSchema: blockStatusSchema })
  status(
    @Query({ schema: blockStatusQuery }) query: BlockStatusQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<BlockStatusView> {
    return this.statuses.of(query, user);
  }
}
