import { Controller, ForbiddenException, Get, Header, Query } from '@nestjs/common';
import { ApiForbiddenResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PluginSettings } from '@vidiverse/hooks';
import { z } from 'zod';
import type { Settings } from '../settings.js';
import { toAtom } from './atom.js';
import { EventFeed } from './event-feed.js';
import { isToken } from './is-token.js';

const feedQuery = z.object({
  token: z.string().max(200).optional().describe('The `feedToken` of the settings: for administrators.'),
});

/** The feed for everybody, and that for who has the token. */
@ApiTags('Plugin webhooks')
@Controller('plugins-api/webhooks/feeds')
export class FeedsController {
  constructor(
    private readonly feeds: EventFeed,
    private readonly settings: PluginSettings<Settings>,
  ) {}

  @Get('events.atom')
  @Header('content-type', 'application/atom+xml; charset=utf-8')
  @Header('cache-control', 'private, max-age=300')
  @ApiOperation({
    summary: 'What happened on this instance, the newest first, as Atom; with a token, also users and jobs.',
  })
  @ApiOkResponse({ description: 'RFC 4287.', content: { 'application/atom+xml': {} } })
  @ApiForbiddenResponse({ description: 'The token is wrong, or none is set.' })
  async events(@Query({ schema: feedQuery }) { token }: z.output<typeof feedQuery>): Promise<string> {
    if (token === undefined) return toAtom(await this.feeds.forEverybody());
    if (!isToken(token, this.settings.get().feedToken)) throw new ForbiddenException('The token is wrong.');
    return toAtom(await this.feeds.forAdministrators());
  }
}
