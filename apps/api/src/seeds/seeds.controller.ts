import { Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { UserRole } from '../users/user.entity.js';
import { seedParam, type SeedParam } from './dto/seed-param.js';
import { SeedDecisions } from './seed-decisions.service.js';

/** Copies of our videos that other instances offer; `server/redundancy/videos?target=my-videos` lists them. */
@ApiTags('Caching')
@RequireRole(UserRole.Administrator)
@ApiNotFoundResponse({ description: 'No such seed.' })
@Controller('api/v1/server/seeds/:seedId')
export class SeedsController {
  constructor(private readonly decisions: SeedDecisions) {}

  @Post('check')
  @HttpCode(204)
  @ApiOperation({ summary: 'Beyond PeerTube: looks at a seed now; one that was dropped begins anew.' })
  @ApiNoContentResponse({ description: 'It will be looked at in a moment.' })
  async check(@Param({ schema: seedParam }) { seedId }: SeedParam): Promise<void> {
    await this.decisions.check(seedId);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Beyond PeerTube: drops a seed, for `seeds.keepDropped` at least. To hear nothing of its instance, block that.',
  })
  @ApiNoContentResponse()
  async drop(@Param({ schema: seedParam }) { seedId }: SeedParam): Promise<void> {
    await this.decisions.drop(seedId);
  }
}
