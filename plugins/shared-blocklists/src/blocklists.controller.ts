import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOAuth2,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { OnlyAdministrators, PluginSettings, readHost } from '@vidiverse/hooks';
import { BlockedHosts } from './blocked-hosts.js';
import { reasonOf } from './blocklist-guards.js';
import { BlocklistRounds } from './blocklist-rounds.js';
import {
  checkQuery,
  type CheckQuery,
  checkView,
  type CheckView,
  exportQuery,
  type ExportQuery,
  importBody,
  type ImportBody,
  listsView,
  type ListsView,
  listView,
  type ListView,
  toListView,
} from './blocklists.dto.js';
import { exportLists, MEDIA_TYPES } from './export-lists.js';
import { ListError, type ParsedList, parseList } from './parse-list.js';
import type { Settings } from './settings.js';
import { StoredLists } from './stored-lists.js';

/** The lists and what they say, for administrators. */
@ApiTags('Plugin shared-blocklists')
@ApiOAuth2([], 'oauth')
@OnlyAdministrators()
@Controller('plugins-api/shared-blocklists')
export class BlocklistsController {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly stored: StoredLists,
    private readonly hosts: BlockedHosts,
    private readonly rounds: BlocklistRounds,
  ) {}

  @Get('lists')
  @ApiOperation({
    summary: 'All lists: when each was read, how many hosts it has, and what is wrong with it.',
  })
  @ApiOkResponse({ standardSchema: listsView })
  async lists(): Promise<ListsView> {
    const data = (await this.hosts.lists()).map(toListView);
    return { total: data.length, data };
  }

  @Get('check')
  @ApiOperation({ summary: 'Whether a host is blocked, and by which list.' })
  @ApiOkResponse({ standardSchema: checkView })
  @ApiBadRequestResponse({ description: 'It is no host.' })
  async check(@Query({ schema: checkQuery }) { host: written }: CheckQuery): Promise<CheckView> {
    const host = readHost(written);
    if (host === null) throw new BadRequestException('host: must be a host, such as videos.example.org');
    const blocked = await this.hosts.find(host);
    return {
      ...{ host, isException: this.hosts.isException(host) },
      blocked: blocked && {
        ...{ entry: blocked.entry, list: blocked.list.source, reason: reasonOf(host, blocked) },
      },
    };
  }

  @Post('refresh')
  @HttpCode(202)
  @ApiOperation({ summary: 'Reads the lists now, in the background.' })
  @ApiAcceptedResponse()
  async refresh(): Promise<void> {
    await this.rounds.refreshNow();
  }

  @Get('export')
  @ApiOperation({ summary: 'All hosts of all lists with where they come from, for others to read.' })
  @ApiOkResponse({ description: 'JSON as PeerTube’s, CSV as Mastodon’s, or a host a line.' })
  async export(@Query({ schema: exportQuery }) { format }: ExportQuery): Promise<StreamableFile> {
    const body = Buffer.from(exportLists(await this.hosts.lists(), format));
    const extension = format === 'text' ? 'txt' : format;
    const disposition = `attachment; filename="blocklist.${extension}"`;
    return new StreamableFile(body, { type: MEDIA_TYPES[format], disposition, length: body.length });
  }

  @Post('imports')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a list as text; one of the same name is replaced.' })
  @ApiOkResponse({ standardSchema: listView })
  @ApiBadRequestResponse({ description: 'It is no list.' })
  async import(@Body({ schema: importBody }) { name, text }: ImportBody): Promise<ListView> {
    const list = await this.stored.replace('import', name, this.parse(text));
    await this.hosts.load();
    return toListView(list);
  }

  @Delete('imports/:name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes an imported list.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'Nothing was imported under this name.' })
  async remove(@Param('name') name: string): Promise<void> {
    if (!(await this.stored.remove('import', name))) throw new NotFoundException('Import not found.');
    await this.hosts.load();
  }

  private parse(text: string): ParsedList {
    try {
      return parseList(text, this.settings.get());
    } catch (error) {
      throw error instanceof ListError ? new BadRequestException(`text: ${error.message}`) : error;
    }
  }
}
