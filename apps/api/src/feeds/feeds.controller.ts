import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../config/config.js';
import { feedParams, type FeedParams, feedQuery, type FeedQuery, FORMATS } from './dto/feed-query.js';
import { FeedsService } from './feeds.service.js';
import { MEDIA_TYPES, writeFeed } from './write-feed.js';

/** Feeds, at PeerTube's addresses. */
@ApiTags('Feeds')
@Controller('feeds')
export class FeedsController {
  constructor(
    private readonly feeds: FeedsService,
    private readonly config: Config,
  ) {}

  @Get('videos.:format')
  @ApiOperation({
    summary:
      'The newest public videos of this instance, or of one account or channel, as RSS 2.0, Atom or JSON Feed.',
  })
  @ApiOkResponse({
    content: { 'application/rss+xml': {}, 'application/atom+xml': {}, 'application/feed+json': {} },
  })
  @ApiNotFoundResponse({ description: 'There is no such account or channel.' })
  async videos(
    @Param({ schema: feedParams }) params: FeedParams,
    @Query({ schema: feedQuery }) query: FeedQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = FORMATS[params.format];
    const text = writeFeed(
      await this.feeds.videos(query, format),
      format,
      this.config.url + reply.request.url,
    );
    await reply
      .header('content-type', MEDIA_TYPES[format])
      .header('cache-control', `public, max-age=${this.config.feeds.maxAge}`)
      .send(text);
  }
}
