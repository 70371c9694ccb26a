import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import { RemoteSearch } from '../remote-videos/remote-search.service.js';
import type { UserEntity } from '../users/user.entity.js';
import { channelView } from './channel.mapper.js';
import { ChannelsService } from './channels.service.js';
import { channelSearch, type ChannelSearch } from './dto/channel-requests.js';
import { type ChannelSearchPage, channelSearchPageSchema } from './dto/channel-view.js';

@ApiTags('Channels')
@Controller('api/v1/search/video-channels')
export class ChannelSearchController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly people: KnownPeopleService,
    private readonly remote: RemoteSearch,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Channels whose name or display name contains `search`. A URL or `name@host` finds that one: for users it is fetched from its instance.',
  })
  @ApiOkResponse({ standardSchema: channelSearchPageSchema })
  async search(
    @Query({ schema: channelSearch }) { search, ...page }: ChannelSearch,
    @CurrentUser() user: UserEntity | null,
  ): Promise<ChannelSearchPage> {
    const byAddress = await this.remote.channel(search, user);
    if (byAddress) {
      const known = await this.people.of([byAddress.found]);
      const data = byAddress.found ? [channelView(byAddress.found, known)] : [];
      return {
        total: data.length,
        data,
        ...(byAddress.reason !== null && { remoteError: byAddress.reason }),
      };
    }
    const { total, data } = await this.channels.search(search, page);
    const known = await this.people.of(data);
    return { total, data: data.map((channel) => channelView(channel, known)) };
  }
}
