import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Ip,
  Param,
  Post,
  Put,
  Query,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiConsumes,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { videoListAnswered, videoListAsked, videoShown } from '@vidiverse/hooks';
import type { FastifyRequest } from 'fastify';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { CachedForVisitors } from '../http/response-cache/cached-for-visitors.js';
import { RemoteVideos } from '../remote-videos/remote-videos.service.js';
import { FormWithImages, type FormRequest } from '../shared/form.interceptor.js';
import type { Page } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { videoUpdate, type VideoUpdate } from './dto/video-attributes.js';
import { videoListQuery, type VideoListQuery } from './dto/video-list-query.js';
import {
  videoDetailsSchema,
  type VideoDetailsView,
  videoPageSchema,
  type VideoView,
} from './dto/video-view.js';
import { viewReport, type ViewReportBody } from './dto/view-report.js';
import { VideoHooks } from './video-hooks.service.js';
import { VideoImages } from './video-images.js';
import { VideoPages } from './video-pages.service.js';
import { VideosService } from './videos.service.js';
import { ViewsService } from './views.service.js';

@ApiTags('Videos')
@Controller('api/v1/videos')
export class VideosController {
  constructor(
    private readonly videos: VideosService,
    private readonly pages: VideoPages,
    private readonly hooks: VideoHooks,
    private readonly views: ViewsService,
    private readonly images: VideoImages,
    private readonly remote: RemoteVideos,
  ) {}

  @Get()
  @CachedForVisitors(videoListAsked, videoListAnswered)
  @ApiOperation({ summary: 'Lists public videos.' })
  @ApiOkResponse({ standardSchema: videoPageSchema })
  list(
    @Query({ schema: videoListQuery }) query: VideoListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<Page<VideoView>> {
    return this.pages.list(query, user);
  }

  @Get(':id')
  @Header('cache-control', 'private, no-cache')
  @CachedForVisitors(videoShown)
  @ApiOperation({ summary: 'One video with its files, by id, UUID or short UUID.' })
  @ApiOkResponse({ standardSchema: videoDetailsSchema })
  @ApiNotFoundResponse({ description: 'No such video, or not yours to see.' })
  @ApiForbiddenResponse({
    description:
      'Code `does_not_respect_follow_constraints`: visitors see remote videos of whom somebody here follows.',
  })
  async get(@Param('id') id: string, @CurrentUser() user: UserEntity | null): Promise<VideoDetailsView> {
    const video = await this.videos.findVisible(id, user);
    await this.remote.refreshIfOld(video);
    return this.hooks.show(video, user);
  }

  @Get(':id/description')
  @ApiOperation({ summary: 'The whole description, in Markdown.' })
  @ApiOkResponse({
    schema: { type: 'object', properties: { description: { type: 'string', nullable: true } } },
  })
  async description(
    @Param('id') id: string,
    @CurrentUser() user: UserEntity | null,
  ): Promise<{ description: string | null }> {
    return { description: (await this.videos.findVisible(id, user)).description };
  }

  @Put(':id')
  @HttpCode(204)
  @RequireUser()
  @UseInterceptors(FormWithImages('thumbnailfile', 'previewfile'))
  @ApiOperation({
    summary:
      'Changes the given fields; images (JPEG, PNG, WebP) come as `thumbnailfile` and `previewfile` of a form.',
  })
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiNoContentResponse()
  @ApiForbiddenResponse({ description: 'Not yours.' })
  async update(
    @Param('id') id: string,
    @Body({ schema: videoUpdate }) changes: VideoUpdate,
    @CurrentUser() user: UserEntity,
    @Req() request: FormRequest,
  ): Promise<void> {
    // Images first: one that is refused must leave the fields as they were.
    await this.images.replace(await this.videos.findManageable(id, user), request.images ?? {});
    await this.videos.update(id, user, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireUser()
  @ApiOperation({ summary: 'Deletes the video with its files and torrents.' })
  @ApiNoContentResponse()
  async remove(@Param('id') id: string, @CurrentUser() user: UserEntity): Promise<void> {
    await this.videos.remove(id, user);
  }

  @Post(':id/views')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Tells where a viewer is; counts a view after 10 seconds, once per viewer and hour.',
  })
  @ApiNoContentResponse()
  async view(
    @Param('id') id: string,
    @Body({ schema: viewReport }) { currentTime }: ViewReportBody,
    @CurrentUser() user: UserEntity | null,
    @Ip() address: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const video = await this.videos.findVisible(id, user);
    await this.views.report(video, { address, userAgent: request.headers['user-agent'] ?? '', currentTime });
  }
}
