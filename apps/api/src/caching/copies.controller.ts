import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebSeedService } from '../torrents/web-seed.service.js';
import { CopyAccess } from './copy-access.service.js';

/** Copies of other instances' files. */
@ApiTags('Files')
@ApiOkResponse({ description: 'The whole file.' })
@ApiNotFoundResponse({ description: 'No such copy, or one that is not whole yet.' })
@Controller()
export class CopiesController {
  constructor(
    private readonly access: CopyAccess,
    private readonly webSeed: WebSeedService,
  ) {}

  @Get('static/redundancy/:filename')
  @ApiOperation({
    summary: 'The WebSeed of a copy of another instance’s file. Takes one Range; cached for ever. Also HEAD.',
  })
  @ApiProduces('video/mp4', 'video/webm')
  @ApiResponse({ status: 206, description: 'The range that was asked for.' })
  async file(
    @Param('filename') filename: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webSeed.serve(request, reply, await this.access.file(filename));
  }

  @Get('lazy-static/redundancy-torrents/:filename')
  @Header('content-type', 'application/x-bittorrent')
  @Header('cache-control', 'no-cache')
  @ApiOperation({
    summary:
      'The .torrent of a copy: the origin’s, with our WebSeed first. There also while the origin is down.',
  })
  @ApiProduces('application/x-bittorrent')
  torrent(@Param('filename') filename: string): Promise<Buffer> {
    return this.access.torrent(filename);
  }

  @Get('lazy-static/redundancy-documents/:filename')
  @Header('content-type', 'application/activity+json; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @ApiOperation({
    summary:
      'What the origin says of the video of a copy: the Create with its author’s Linked Data Signature, or the Video object of an instance that signs none. There also while the origin is down.',
  })
  @ApiProduces('application/activity+json')
  document(@Param('filename') filename: string): Promise<Buffer> {
    return this.access.document(filename);
  }
}
