import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { CurrentUser, RequireUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { VideosService } from '../videos/videos.service.js';
import { ratingSchema, ratingUpdate, type RatingUpdate, type RatingView } from './dto/rating.js';
import { RatesService } from './rates.service.js';

@ApiTags('Likes')
@ApiNotFoundResponse({ description: 'No such video, or not yours to see.' })
@RequireUser()
@Controller('api/v1')
export class RatesController {
  constructor(
    private readonly videos: VideosService,
    private readonly rates: RatesService,
  ) {}

  @Put('videos/:id/rate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Likes or dislikes the video, or takes that back.' })
  @ApiNoContentResponse()
  @ApiTooManyRequestsResponse({ description: 'More than `interaction.ratesPerWindow`.' })
  async set(
    @Param('id') id: string,
    @Body({ schema: ratingUpdate }) { rating }: RatingUpdate,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.rates.set(user, await this.videos.findVisible(id, user), rating);
  }

  @Get('users/me/videos/:id/rating')
  @ApiOperation({ summary: 'What the user thinks of the video.' })
  @ApiOkResponse({ standardSchema: ratingSchema })
  async get(@Param('id') id: string, @CurrentUser() user: UserEntity): Promise<RatingView> {
    const video = await this.videos.findVisible(id, user);
    return { videoId: video.id, rating: await this.rates.of(user, video) };
  }
}
