import { Body, Controller, HttpCode, Ip, Param, Post } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { VideosService } from '../videos/videos.service.js';
import { seedReport, type SeedReport } from './dto/seed-report.js';
import { SeedReports } from './seed-reports.service.js';

@ApiTags('Files')
@Controller('api/v1/videos/:id')
export class SeedReportsController {
  constructor(
    private readonly videos: VideosService,
    private readonly reports: SeedReports,
  ) {}

  @Post('seed-reports')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Beyond PeerTube: a player says that a cache instance’s seed failed. It is checked, and unlisted if that is true.',
  })
  @ApiNoContentResponse({ description: 'Heard.' })
  @ApiNotFoundResponse({ description: 'No such video, or it has no such seed any more.' })
  @ApiTooManyRequestsResponse({ description: 'More than `seeds.reportsPerWindow` from this address.' })
  async report(
    @Param('id') id: string,
    @Body({ schema: seedReport }) report: SeedReport,
    @CurrentUser() user: UserEntity | null,
    @Ip() address: string,
  ): Promise<void> {
    await this.reports.take(await this.videos.findVisible(id, user), report, address);
  }
}
