import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { type Page, pageQuery, type PageQuery } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import {
  pluginPageSchema,
  pluginSchema,
  pluginSettingsChange,
  type PluginSettingsChange,
  pluginSettingsSchema,
  type PluginSettingsView,
  pluginSwitch,
  type PluginSwitch,
  type PluginView,
  pluginWebSchema,
  type PluginWebView,
} from './dto/plugins.js';
import { PluginsService } from './plugins.service.js';

/** What strangers have added to this instance. Paths as PeerTube's where they fit. */
@ApiTags('Plugins')
@ApiNotFoundResponse({ description: 'No such plugin is listed or installed.' })
@Controller('api/v1/plugins')
export class PluginsController {
  constructor(private readonly plugins: PluginsService) {}

  @Get()
  @RequireRole(UserRole.Administrator)
  @ApiOperation({
    summary: 'The plugins that the configuration lists or that were installed, with their state and health.',
  })
  @ApiOkResponse({ standardSchema: pluginPageSchema })
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<PluginView>> {
    return this.plugins.list(query);
  }

  @Get('web')
  @ApiOperation({ summary: 'Beyond PeerTube: the ES modules that plugins add to the pages.' })
  @ApiOkResponse({ standardSchema: pluginWebSchema })
  web(): PluginWebView {
    return this.plugins.web();
  }

  @Get(':name')
  @RequireRole(UserRole.Administrator)
  @ApiOperation({ summary: 'One plugin.' })
  @ApiOkResponse({ standardSchema: pluginSchema })
  get(@Param('name') name: string): Promise<PluginView> {
    return this.plugins.get(name);
  }

  @Put(':name/enabled')
  @HttpCode(204)
  @RequireRole(UserRole.Administrator)
  @ApiOperation({
    summary:
      'Beyond PeerTube: switches a plugin on or off. Off at once; on at once when it was loaded, else with the next start.',
  })
  @ApiNoContentResponse()
  async switch(
    @Param('name') name: string,
    @Body({ schema: pluginSwitch }) { enabled }: PluginSwitch,
  ): Promise<void> {
    await this.plugins.switch(name, enabled);
  }

  @Get(':name/registered-settings')
  @RequireRole(UserRole.Administrator)
  @ApiOperation({ summary: 'The settings of a plugin with their JSON Schema.' })
  @ApiOkResponse({ standardSchema: pluginSettingsSchema })
  settings(@Param('name') name: string): PluginSettingsView {
    return this.plugins.settings(name);
  }

  @Put(':name/settings')
  @HttpCode(204)
  @RequireRole(UserRole.Administrator)
  @ApiOperation({ summary: 'Changes the settings of a plugin, at once. What is left out has its default.' })
  @ApiNoContentResponse()
  async changeSettings(
    @Param('name') name: string,
    @Body({ schema: pluginSettingsChange }) { settings }: PluginSettingsChange,
  ): Promise<void> {
    await this.plugins.changeSettings(name, settings);
  }
}
