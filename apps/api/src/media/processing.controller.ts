import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser, RequireUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { processingSchema, type ProcessingView } from './dto/processing-view.js';
import { ProcessingService } from './processing.service.js';

/** Beyond PeerTube: how far a video is. */
@ApiTags('Processing (Vidiverse)')
@Controller('api/v1/videos/:id/processing')
@RequireUser()
@ApiForbiddenResponse({ description: 'Not yours.' })
@ApiNotFoundResponse({ description: 'No such video, or not yours to see.' })
export class ProcessingController {
  constructor(private readonly processing: ProcessingService) {}

  @Get()
  @ApiOperation({ summary: 'The stages of a video’s processing, with progress and reasons.' })
  @ApiOkResponse({ standardSchema: processingSchema })
  view(@Param('id') id: string, @CurrentUser() user: UserEntity): Promise<ProcessingView> {
    return this.processing.view(id, user);
  }

  @Post('retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Makes again what failed, from the original. What was made stays.' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'Code `not_failed`.' })
  async retry(@Param('id') id: string, @CurrentUser() user: UserEntity): Promise<void> {
    await this.processing.retry(id, user);
  }
}
