import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import { pageQuery, type PageQuery } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { accountBlockPage, serverBlockPage } from './block.mapper.js';
import { BlocklistService } from './blocklist.service.js';
import { accountBlock, type AccountBlock, serverBlock, type ServerBlock } from './dto/block-requests.js';
import {
  accountBlockPageSchema,
  type AccountBlockPageView,
  serverBlockPageSchema,
  type ServerBlockPageView,
} from './dto/block-views.js';

/** Whom one user blocks, for themselves. */
@ApiTags('Block lists')
@RequireUser()
@Controller('api/v1/users/me/blocklist')
export class MyBlocklistController {
  constructor(
    private readonly blocks: BlocklistService,
    private readonly people: KnownPeopleService,
  ) {}

  @Get('accounts')
  @ApiOperation({ summary: 'Accounts that the user blocks.' })
  @ApiOkResponse({ standardSchema: accountBlockPageSchema })
  async accounts(
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentUser() user: UserEntity,
  ): Promise<AccountBlockPageView> {
    const by = await this.blocks.accountOf(user);
    const page = await this.blocks.accounts(user, query);
    const known = await this.people.of([by, ...page[0].map(({ account }) => account)]);
    return accountBlockPage(page, by, known);
  }

  @Post('accounts')
  @HttpCode(204)
  @ApiOperation({ summary: 'Blocks an account: the user sees nothing of it any more.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'Nobody of that name can be found.' })
  @ApiConflictResponse({ description: 'Code `own_account`.' })
  async blockAccount(
    @Body({ schema: accountBlock }) { accountName }: AccountBlock,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.blocks.blockAccount(user, accountName);
  }

  @Delete('accounts/:accountName')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the block of an account.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'It is not blocked.' })
  async unblockAccount(
    @Param('accountName') accountName: string,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.blocks.unblockAccount(user, accountName);
  }

  @Get('servers')
  @ApiOperation({ summary: 'Servers that the user blocks.' })
  @ApiOkResponse({ standardSchema: serverBlockPageSchema })
  async servers(
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentUser() user: UserEntity,
  ): Promise<ServerBlockPageView> {
    const by = await this.blocks.accountOf(user);
    return serverBlockPage(await this.blocks.servers(user, query), by, await this.people.of([by]));
  }

  @Post('servers')
  @HttpCode(204)
  @ApiOperation({ summary: 'Blocks a server: the user sees nothing of it any more.' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'Code `own_server`.' })
  async blockServer(
    @Body({ schema: serverBlock }) { host }: ServerBlock,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.blocks.blockServer(user, host);
  }

  @Delete('servers/:host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the block of a server.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'It is not blocked.' })
  async unblockServer(
    @Param({ schema: serverBlock }) { host }: ServerBlock,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.blocks.unblockServer(user, host);
  }
}
