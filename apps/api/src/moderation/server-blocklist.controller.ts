import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import { pageQuery, type PageQuery } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import { accountBlockPage, serverBlockPage } from './block.mapper.js';
import { BlocklistService } from './blocklist.service.js';
import { accountBlock, type AccountBlock, serverBlock, type ServerBlock } from './dto/block-requests.js';
import {
  accountBlockPageSchema,
  type AccountBlockPageView,
  serverBlockPageSchema,
  type ServerBlockPageView,
} from './dto/block-views.js';

/** Whom the instance blocks, for everybody; kept by the staff. */
@ApiTags('Block lists')
@RequireRole(UserRole.Administrator, UserRole.Moderator)
@Controller('api/v1/server/blocklist')
export class ServerBlocklistController {
  constructor(
    private readonly blocks: BlocklistService,
    private readonly people: KnownPeopleService,
  ) {}

  @Get('accounts')
  @ApiOperation({ summary: 'Accounts that the instance blocks.' })
  @ApiOkResponse({ standardSchema: accountBlockPageSchema })
  async accounts(@Query({ schema: pageQuery }) query: PageQuery): Promise<AccountBlockPageView> {
    const page = await this.blocks.accounts(null, query);
    const known = await this.people.of(page[0].map(({ account }) => account));
    return accountBlockPage(page, null, known);
  }

  @Post('accounts')
  @HttpCode(204)
  @ApiOperation({ summary: 'Blocks an account: nobody here sees anything of it any more.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'Nobody of that name can be found.' })
  @ApiConflictResponse({ description: 'Code `own_account`.' })
  async blockAccount(@Body({ schema: accountBlock }) { accountName }: AccountBlock): Promise<void> {
    await this.blocks.blockAccount(null, accountName);
  }

  @Delete('accounts/:accountName')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the block of an account.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'It is not blocked.' })
  async unblockAccount(@Param('accountName') accountName: string): Promise<void> {
    await this.blocks.unblockAccount(null, accountName);
  }

  @Get('servers')
  @ApiOperation({ summary: 'Servers that the instance blocks.' })
  @ApiOkResponse({ standardSchema: serverBlockPageSchema })
  async servers(@Query({ schema: pageQuery }) query: PageQuery): Promise<ServerBlockPageView> {
    return serverBlockPage(await this.blocks.servers(null, query), null, await this.people.of([]));
  }

  @Post('servers')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Blocks a server: nobody here sees anything of it any more, follows of it and by it end. Nothing else is taken from it or sent to it.',
  })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'Code `own_server`.' })
  async blockServer(@Body({ schema: serverBlock }) { host }: ServerBlock): Promise<void> {
    await this.blocks.blockServer(null, host);
  }

  @Delete('servers/:host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the block of a server. Follows that it ended have to be asked for again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'It is not blocked.' })
  async unblockServer(@Param({ schema: serverBlock }) { host }: ServerBlock): Promise<void> {
    await this.blocks.unblockServer(null, host);
  }
}
