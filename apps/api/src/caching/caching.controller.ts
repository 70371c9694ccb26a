import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RequireRole } from '../auth/access.js';
import { Config } from '../config/config.js';
import { RedundantHosts } from '../instance/redundant-hosts.service.js';
import type { Page } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import { toCopyView } from './cached-file.mapper.js';
import { CachedFiles } from './cached-files.service.js';
import { CacheRounds } from './cache-rounds.service.js';
import { CacheSettingsService } from './cache-settings.service.js';
import { CachingClock } from './caching-clock.js';
import {
  cachePolicyChange,
  type CachePolicyChange,
  cachePolicySchema,
  type CachePolicyView,
  cachePreviewSchema,
  type CachePreviewView,
  copyListQuery,
  type CopyListQuery,
  copyPageSchema,
  type CopyView,
  redundancyStatsSchema,
  type RedundancyStatsView,
} from './dto/caching.js';

/** What is cached here, and by which policy. (Ours, not in PeerTube.) */
@ApiTags('Caching')
@RequireRole(UserRole.Administrator)
@Controller('api/v1/server/caching')
export class CachingController {
  constructor(
    private readonly config: Config,
    private readonly settings: CacheSettingsService,
    private readonly hosts: RedundantHosts,
    private readonly rounds: CacheRounds,
    private readonly copies: CachedFiles,
    private readonly clock: CachingClock,
  ) {}

  @Get('policy')
  @ApiOperation({ summary: 'Beyond PeerTube: the strategies, in the order in which they choose.' })
  @ApiOkResponse({ standardSchema: cachePolicySchema })
  async policy(): Promise<CachePolicyView> {
    const hosts = [...(await this.hosts.all())];
    return {
      ...(await this.settings.get()),
      hosts: hosts.map(([host, redundancyAllowed]) => ({ host, redundancyAllowed })),
    };
  }

  @Put('policy')
  @ApiOperation({
    summary: 'Beyond PeerTube: changes the policy; a round begins at once. What is left out stays.',
  })
  @ApiOkResponse({ standardSchema: cachePolicySchema })
  async change(@Body({ schema: cachePolicyChange }) changes: CachePolicyChange): Promise<CachePolicyView> {
    await this.settings.change(changes);
    await this.clock.soon();
    return this.policy();
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Beyond PeerTube: what would be cached and removed now and why, by the policy with these changes. Nothing is done.',
  })
  @ApiOkResponse({ standardSchema: cachePreviewSchema })
  async preview(@Body({ schema: cachePolicyChange }) changes: CachePolicyChange): Promise<CachePreviewView> {
    const settings = { ...(await this.settings.get()), ...changes };
    return this.rounds.preview(settings);
  }

  @Get('files')
  @ApiOperation({ summary: 'Beyond PeerTube: copies with their progress, the newest first.' })
  @ApiOkResponse({ standardSchema: copyPageSchema })
  async files(@Query({ schema: copyListQuery }) query: CopyListQuery): Promise<Page<CopyView>> {
    const { total, data } = await this.copies.list(query);
    return { total, data: data.map((copy) => toCopyView(copy, this.config)) };
  }

  @Get('statistics')
  @ApiOperation({ summary: 'Beyond PeerTube: budget, room and bytes served of each strategy.' })
  @ApiOkResponse({ standardSchema: z.array(redundancyStatsSchema) })
  statistics(): Promise<RedundancyStatsView[]> {
    return this.copies.statistics();
  }
}
