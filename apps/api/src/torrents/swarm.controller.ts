import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { FileTokens } from '../videos/file-tokens.service.js';
import { isOpen } from '../videos/video-access.js';
import { VideosService } from '../videos/videos.service.js';
import { fileTokenSchema, type FileTokenView, swarmSchema, type SwarmView } from './dto/swarm-view.js';
import { TrackerGateway } from './tracker.gateway.js';
import { WebSeedService } from './web-seed.service.js';

@ApiTags('Files')
@Controller('api/v1/videos/:id')
export class SwarmController {
  constructor(
    private readonly videos: VideosService,
    private readonly tokens: FileTokens,
    private readonly swarms: TrackerGateway,
    private readonly webSeed: WebSeedService,
  ) {}

  @Get('swarm')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Beyond PeerTube: who shares each file now, and what the WebSeed has served.' })
  @ApiOkResponse({ standardSchema: swarmSchema })
  async swarm(@Param('id') id: string, @CurrentUser() user: UserEntity | null): Promise<SwarmView> {
    const video = await this.videos.findVisible(id, user);
    const open = isOpen(video.privacy);
    return {
      files: (video.files ?? []).map((file) => ({
        resolution: file.resolution,
        infoHash: open ? file.infoHash : null,
        ...(open && file.infoHash ? this.swarms.of(file.infoHash) : { seeders: 0, leechers: 0 }),
        webSeedBytes: this.webSeed.bytesServed(file.filename),
      })),
    };
  }

  @Post('token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'A token for the files of a private or internal video.' })
  @ApiOkResponse({ standardSchema: fileTokenSchema })
  async token(@Param('id') id: string, @CurrentUser() user: UserEntity | null): Promise<FileTokenView> {
    const { uuid } = await this.videos.findVisible(id, user);
    return { files: { token: this.tokens.issue(uuid), expires: this.tokens.expiry().toISOString() } };
  }
}
