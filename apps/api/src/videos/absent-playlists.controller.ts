import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../shared/page.js';

const NO_LIST = { schema: { example: { total: 0, data: [] } } };

/** There are no playlists here yet; clients that browse them show an empty list instead of an error. */
@ApiTags('Playlists')
@Controller('api/v1')
export class AbsentPlaylistsController {
  @Get(['video-playlists', 'search/video-playlists'])
  @ApiOperation({ summary: 'Playlists; this server has none yet.' })
  @ApiOkResponse(NO_LIST)
  all(): Page<never> {
    return { total: 0, data: [] };
  }

  @Get(['accounts/:handle/video-playlists', 'video-channels/:handle/video-playlists'])
  @ApiOperation({ summary: 'Playlists of an account or a channel; this server has none yet.' })
  @ApiOkResponse(NO_LIST)
  of(@Param('handle') _handle: string): Page<never> {
    return { total: 0, data: [] };
  }
}
