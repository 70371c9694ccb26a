import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import type { Page } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { VideosService } from './videos.service.js';

const NO_LIST = { schema: { example: { total: 0, data: [] } } };

/** What no video has here yet. Clients ask for all of it and take a 404 for a broken server. */
@ApiTags('Videos')
@ApiNotFoundResponse({ description: 'No such video, or not yours to see.' })
@Controller('api/v1/videos/:id')
export class AbsentPartsController {
  constructor(private readonly videos: VideosService) {}

  @Get('captions')
  @ApiOperation({ summary: 'Captions; this server has none yet.' })
  @ApiOkResponse(NO_LIST)
  captions(@Param('id') id: string, @CurrentUser() user: UserEntity | null): Promise<Page<never>> {
    return this.nothing(id, user, { total: 0, data: [] });
  }

  @Get('chapters')
  @ApiOperation({ summary: 'Chapters; this server has none yet.' })
  @ApiOkResponse({ schema: { example: { chapters: [] } } })
  chapters(@Param('id') id: string, @CurrentUser() user: UserEntity | null): Promise<{ chapters: never[] }> {
    return this.nothing(id, user, { chapters: [] });
  }

  @Get('storyboards')
  @ApiOperation({ summary: 'Storyboards; this server has none yet.' })
  @ApiOkResponse({ schema: { example: { storyboards: [] } } })
  storyboards(
    @Param('id') id: string,
    @CurrentUser() user: UserEntity | null,
  ): Promise<{ storyboards: never[] }> {
    return this.nothing(id, user, { storyboards: [] });
  }

  /** For who may see the video. */
  private async nothing<T>(id: string, user: UserEntity | null, nothing: T): Promise<T> {
    await this.videos.findVisible(id, user);
    return nothing;
  }
}
