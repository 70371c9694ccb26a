import { Controller, Get, Header, NotFoundException, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InstanceInfo } from '@vidiverse/hooks';
import { z } from 'zod';
import { toAtom } from './atom.js';
import { type FeedOwner, feedUrl } from './feed-url.js';
import { VideoFeeds } from './video-feeds.js';

const handle = z
  .string()
  .max(320)
  .regex(/^[\w.-]+(@[\w.:[\]-]+)?$/, 'must be a name, or name@host')
  .optional();

const feedQuery = z
  .object({
    account: handle.describe('Only of this account: `name` of this instance, or `name@host`.'),
    channel: handle.describe('Only of this channel: `name` of this instance, or `name@host`.'),
  })
  .refine(({ account, channel }) => !(account && channel), 'names an account or a channel, not both');
type FeedQuery = z.output<typeof feedQuery>;

/** Feeds for everybody. */
@ApiTags('Plugin webhooks')
@Controller('plugins-api/webhooks/feeds')
export class FeedsController {
  constructor(
    private readonly feeds: VideoFeeds,
    private readonly instance: InstanceInfo,
  ) {}

  @Get('videos.atom')
  @Header('content-type', 'application/atom+xml; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'The newest public videos of this instance, of one account or of one channel, as Atom.',
  })
  @ApiOkResponse({ description: 'RFC 4287.', content: { 'application/atom+xml': {} } })
  @ApiNotFoundResponse({ description: 'The account or channel has no video here, or none of the newest.' })
  async videos(@Query({ schema: feedQuery }) query: FeedQuery): Promise<string> {
    const owner = ownerIn(query);
    const feed = await this.feeds.of(owner);
    if (!feed) throw new NotFoundException('Feed not found.');
    return toAtom(feed, feedUrl(this.instance, owner));
  }
}

function ownerIn({ account, channel }: FeedQuery): FeedOwner | null {
  if (account) return { kind: 'account', handle: account };
  return channel ? { kind: 'channel', handle: channel } : null;
}
