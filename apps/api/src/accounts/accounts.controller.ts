import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import { channelView } from '../channels/channel.mapper.js';
import { type ChannelView, channelViewSchema } from '../channels/dto/channel-view.js';
import { Config } from '../config/config.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import { NotFoundError } from '../shared/domain-error.js';
import { handleParts } from '../shared/handle.js';
import { type Page, pageOf, pageQuery, type PageQuery } from '../shared/page.js';
import { AccountEntity } from './account.entity.js';
import { accountView } from './account.mapper.js';
import { type AccountView, accountViewSchema } from './dto/account-view.js';

@ApiTags('Accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
    private readonly config: Config,
    private readonly people: KnownPeopleService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lists the accounts of this instance.' })
  @ApiOkResponse({ standardSchema: pageOf(accountViewSchema) })
  async list(@Query({ schema: pageQuery }) { start, count }: PageQuery): Promise<Page<AccountView>> {
    const [data, total] = await this.accounts.findAndCount({
      where: { host: '' },
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    const known = await this.people.of(data);
    return { total, data: data.map((account) => accountView(account, known)) };
  }

  @Get(':handle')
  @ApiOperation({ summary: 'One account, by name or name@host.' })
  @ApiOkResponse({ standardSchema: accountViewSchema })
  @ApiNotFoundResponse()
  async get(@Param('handle') handle: string): Promise<AccountView> {
    const account = await this.find(handle);
    return accountView(account, await this.people.of([account]));
  }

  @Get(':handle/video-channels')
  @ApiOperation({ summary: 'The channels of an account.' })
  @ApiOkResponse({ standardSchema: pageOf(channelViewSchema) })
  async channelsOf(
    @Param('handle') handle: string,
    @Query({ schema: pageQuery }) { start, count }: PageQuery,
  ): Promise<Page<ChannelView>> {
    const { id: accountId } = await this.find(handle);
    const [data, total] = await this.channels.findAndCount({
      where: { accountId },
      relations: { actor: true, account: { actor: true } },
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    const known = await this.people.of(data);
    return { total, data: data.map((channel) => channelView(channel, known)) };
  }

  private async find(handle: string): Promise<AccountEntity> {
    const account = await this.accounts.findOne({
      where: handleParts(handle, this.config),
      relations: { actor: true },
    });
    if (!account) throw new NotFoundError('Account');
    return account;
  }
}
