import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { FileAccess } from './file-access.service.js';
import { WebSeedService } from './web-seed.service.js';

const TOKEN = {
  name: 'videoFileToken',
  required: false,
  description: 'From `POST /api/v1/videos/{id}/token`; for private and internal videos.',
};
// A repeated parameter arrives as a list.
const one = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Files of videos. Each GET answers HEAD too, and takes one Range (RFC 9110). */
@ApiTags('Files')
@ApiProduces('video/mp4', 'video/webm')
@ApiOkResponse({ description: 'The whole file.' })
@ApiResponse({ status: 206, description: 'The range that was asked for.' })
@ApiNotFoundResponse({ description: 'No such file, or one of a closed video.' })
@Controller()
export class FilesController {
  constructor(
    private readonly access: FileAccess,
    private readonly webSeed: WebSeedService,
  ) {}

  @Get(['static/web-videos/:filename', 'static/webseed/:filename'])
  @ApiOperation({
    summary: 'The WebSeed: a file of a public or unlisted video. Takes one Range; cached for ever.',
  })
  async open(
    @Param('filename') filename: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webSeed.serve(request, reply, await this.access.open(filename));
  }

  @Get('static/web-videos/private/:filename')
  @ApiOperation({
    summary: 'A file of any video, with a file token of its video or an access token. Takes one Range.',
  })
  @ApiQuery(TOKEN)
  @ApiForbiddenResponse({ description: 'No valid token.' })
  async closed(
    @Param('filename') filename: string,
    @Query('videoFileToken') token: unknown,
    @CurrentUser() user: UserEntity | null,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webSeed.serve(
      request,
      reply,
      await this.access.permitted(filename, { token: one(token), user }),
    );
  }

  @Get('download/web-videos/:filename')
  @ApiOperation({
    summary: 'The same file as a download, named after the video; also as `<video uuid>-<height>.mp4`.',
  })
  @ApiQuery(TOKEN)
  @ApiForbiddenResponse({
    description: 'No valid token, or the owner or a plugin does not allow it (then with the reason).',
  })
  async download(
    @Param('filename') filename: string,
    @Query('videoFileToken') token: unknown,
    @CurrentUser() user: UserEntity | null,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.access.download(filename, { token: one(token), user });
    await this.webSeed.serve(request, reply, file, { asDownload: true });
  }
}
