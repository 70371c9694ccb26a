import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { isKnown } from '@vidiverse/torrent';
import type { FastifyReply } from 'fastify';
import { NotFoundError } from '../shared/domain-error.js';
import { FileStorage, type StorageArea } from '../storage/file-storage.js';
import { attachment, downloadName } from './attachment.js';
import { readWhole } from './read-whole.js';
import { TorrentAccess } from './torrent-access.service.js';

const TORRENT = 'application/x-bittorrent';
const FOR_EVER = 'public, max-age=31536000, immutable';
const IMAGE_NAME = /^[A-Za-z0-9-]{1,80}\.(jpg|png|webp)$/;

/** Torrents and images of videos. */
@ApiTags('Files')
@ApiOkResponse({ description: 'The file.' })
@Controller()
export class LazyStaticController {
  constructor(
    private readonly torrents: TorrentAccess,
    private readonly storage: FileStorage,
  ) {}

  @Get('lazy-static/torrents/:filename')
  @ApiOperation({
    summary:
      'The .torrent of a public or unlisted video’s file; its WebSeeds may change, its info hash never.',
  })
  @ApiProduces(TORRENT)
  @ApiResponse({ status: 304, description: 'It still has the tag of `If-None-Match`.' })
  @ApiNotFoundResponse({ description: 'No such torrent, or one of a closed video.' })
  async torrent(
    @Param('filename') filename: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { content, etag } = await this.torrents.find(filename);
    void reply.header('content-type', TORRENT).header('cache-control', 'no-cache').header('etag', etag);
    await (isKnown(known, etag) ? reply.status(304).send() : reply.send(content));
  }

  @Get('download/torrents/:filename')
  @ApiOperation({ summary: 'The same .torrent as a download, named after the video.' })
  @ApiProduces(TORRENT)
  @ApiNotFoundResponse({ description: 'No such torrent, or one of a closed video.' })
  async torrentDownload(@Param('filename') filename: string, @Res() reply: FastifyReply): Promise<void> {
    const { content, etag, title, resolution } = await this.torrents.find(filename);
    await reply
      .header('content-type', TORRENT)
      .header('cache-control', 'no-cache')
      .header('etag', etag)
      .header('content-disposition', attachment(downloadName(title, resolution, '.torrent')))
      .send(content);
  }

  @Get('lazy-static/thumbnails/:filename')
  @ApiOperation({ summary: 'A thumbnail. Cached for ever: another picture has another name.' })
  @ApiProduces('image/jpeg', 'image/webp', 'image/png')
  @ApiNotFoundResponse({ description: 'No such image.' })
  async thumbnail(@Param('filename') filename: string, @Res() reply: FastifyReply): Promise<void> {
    await this.image('thumbnails', filename, reply);
  }

  @Get('lazy-static/previews/:filename')
  @ApiOperation({ summary: 'A preview. Cached for ever: another picture has another name.' })
  @ApiProduces('image/jpeg', 'image/webp', 'image/png')
  @ApiNotFoundResponse({ description: 'No such image.' })
  async preview(@Param('filename') filename: string, @Res() reply: FastifyReply): Promise<void> {
    await this.image('previews', filename, reply);
  }

  private async image(area: StorageArea, filename: string, reply: FastifyReply): Promise<void> {
    const [, extension] = IMAGE_NAME.exec(filename) ?? [];
    const content = extension && (await readWhole(this.storage, area, filename));
    if (!content) throw new NotFoundError('Image');
    await reply
      .header('content-type', `image/${extension.replace('jpg', 'jpeg')}`)
      .header('cache-control', FOR_EVER)
      .send(content);
  }
}
