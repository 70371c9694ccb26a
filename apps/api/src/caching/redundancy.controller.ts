import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { Config } from '../config/config.js';
import { SeededVideos } from '../seeds/seeded-videos.service.js';
import { RedundantHosts } from '../instance/redundant-hosts.service.js';
import type { Page } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import { CachedFiles } from './cached-files.service.js';
import { CachingClock } from './caching-clock.js';
import {
  hostChange,
  type HostChange,
  hostParam,
  type HostParam,
  redundancyCreation,
  type RedundancyCreation,
  redundancyListQuery,
  type RedundancyListQuery,
  redundancyParam,
  type RedundancyParam,
  videoRedundancyPageSchema,
  type VideoRedundancyView,
} from './dto/redundancy.js';
import { toRedundancyView, toSeededView } from './redundancy.mapper.js';

/** Copies of videos at other instances than their own, as in PeerTube. */
@ApiTags('Caching')
@RequireRole(UserRole.Administrator)
@Controller('api/v1/server/redundancy')
export class RedundancyController {
  constructor(
    private readonly config: Config,
    private readonly copies: CachedFiles,
    private readonly seeded: SeededVideos,
    private readonly hosts: RedundantHosts,
    private readonly clock: CachingClock,
  ) {}

  @Get('videos')
  @ApiOperation({ summary: 'Videos with copies: ours at other instances, or others’ here.' })
  @ApiOkResponse({ standardSchema: videoRedundancyPageSchema })
  async list(
    @Query({ schema: redundancyListQuery }) query: RedundancyListQuery,
  ): Promise<Page<VideoRedundancyView>> {
    const { start, count, target, sort } = query;
    if (target === 'my-videos') {
      const order = sort === '-name' ? 'DESC' : 'ASC';
      const { total, data } = await this.seeded.list({ start, count, order });
      return { total, data: data.map((video) => toSeededView(video, this.config)) };
    }
    const { total, data } = await this.copies.videos(query);
    return { total, data: data.map((video) => toRedundancyView(video, this.config)) };
  }

  @Post('videos')
  @HttpCode(204)
  @ApiOperation({ summary: 'Caches every file of another instance’s video, in the budget `manual`.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such video.' })
  @ApiConflictResponse({ description: '`already_cached`, `local_video`, `caching_off`.' })
  @ApiUnprocessableEntityResponse({ description: '`no_room`, `not_public`, `no_torrent`.' })
  async add(@Body({ schema: redundancyCreation }) { videoId }: RedundancyCreation): Promise<void> {
    await this.copies.add(videoId);
  }

  @Delete('videos/:redundancyId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Removes a copy that is here, and tells the others; a strategy may choose it again.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such copy.' })
  async remove(@Param({ schema: redundancyParam }) { redundancyId }: RedundancyParam): Promise<void> {
    await this.copies.remove(redundancyId);
  }

  @Put(':host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says whether videos of an instance may be cached here.' })
  @ApiNoContentResponse()
  async setHost(
    @Param({ schema: hostParam }) { host }: HostParam,
    @Body({ schema: hostChange }) { redundancyAllowed }: HostChange,
  ): Promise<void> {
    await this.hosts.set(host, redundancyAllowed);
    await this.clock.soon();
  }
}
