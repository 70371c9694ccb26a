import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
import { KnownPeopleService } from '../following/known-people.service.js';
import { type Page, pageOf, pageQuery, type PageQuery } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { channelView } from './channel.mapper.js';
import { ChannelsService } from './channels.service.js';
import {
  channelCreation,
  type ChannelCreation,
  channelUpdate,
  type ChannelUpdate,
} from './dto/channel-requests.js';
import {
  type ChannelView,
  channelViewSchema,
  createdChannelSchema,
  type CreatedChannelView,
} from './dto/channel-view.js';

@ApiTags('Channels')
@Controller('api/v1/video-channels')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly people: KnownPeopleService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lists the channels of this instance.' })
  @ApiOkResponse({ standardSchema: pageOf(channelViewSchema) })
  async list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ChannelView>> {
    const { total, data } = await this.channels.list(query);
    const known = await this.people.of(data);
    return { total, data: data.map((channel) => channelView(channel, known)) };
  }

  @Get(':handle')
  @ApiOperation({ summary: 'One channel, by name or name@host.' })
  @ApiOkResponse({ standardSchema: channelViewSchema })
  @ApiNotFoundResponse()
  async get(@Param('handle') handle: string): Promise<ChannelView> {
    const channel = await this.channels.find(handle);
    return channelView(channel, await this.people.of([channel]));
  }

  @Post()
  @HttpCode(200)
  @RequireUser()
  @ApiOperation({ summary: 'Makes a channel of one’s own.' })
  @ApiOkResponse({ standardSchema: createdChannelSchema })
  @ApiConflictResponse({ description: 'Code `channel_exists`.' })
  async create(
    @CurrentUser() user: UserEntity,
    @Body({ schema: channelCreation }) body: ChannelCreation,
  ): Promise<CreatedChannelView> {
    const { id } = await this.channels.create(user, body);
    return { videoChannel: { id } };
  }

  @Put(':handle')
  @HttpCode(204)
  @RequireUser()
  @ApiOperation({ summary: 'Changes the given fields.' })
  @ApiNoContentResponse()
  @ApiForbiddenResponse({ description: 'Not yours.' })
  async update(
    @CurrentUser() user: UserEntity,
    @Param('handle') handle: string,
    @Body({ schema: channelUpdate }) body: ChannelUpdate,
  ): Promise<void> {
    await this.channels.update(user, handle, body);
  }

  @Delete(':handle')
  @HttpCode(204)
  @RequireUser()
  @ApiOperation({ summary: 'Deletes a channel without videos.' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'Codes `channel_has_videos`, `last_channel`.' })
  async remove(@CurrentUser() user: UserEntity, @Param('handle') handle: string): Promise<void> {
    await this.channels.remove(user, handle);
  }
}
