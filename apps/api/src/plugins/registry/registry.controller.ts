import { applyDecorators, Body, Controller, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';
import {
  ApiBadGatewayResponse,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { CurrentUser, RequireRole } from '../../auth/access.js';
import type { Page } from '../../shared/page.js';
import { type UserEntity, UserRole } from '../../users/user.entity.js';
import { pluginSchema, type PluginView } from '../dto/plugins.js';
import {
  availablePluginPageSchema,
  type AvailablePluginView,
  availableQuery,
  type AvailableQuery,
  installRequest,
  type InstallRequest,
  npmNameParam,
  offeredPluginSchema,
  type OfferedPluginView,
  uninstallRequest,
  type UninstallRequest,
  versionQuery,
  type VersionQuery,
} from '../dto/registry.js';
import { PluginsService } from '../plugins.service.js';
import { AvailablePlugins } from './available-plugins.service.js';
import { PluginInstaller } from './plugin-installer.service.js';

const FromRegistry = () =>
  applyDecorators(
    ApiForbiddenResponse({
      description:
        'Code `registry_off`: the configuration does not allow it (plugins.installFromRegistry). Or not an administrator.',
    }),
    ApiBadGatewayResponse({
      description: 'Code `registry_failed`: it was not reached, or its answer is wrong.',
    }),
  );
const Installs = () =>
  applyDecorators(
    HttpCode(200),
    ApiOkResponse({ standardSchema: pluginSchema }),
    FromRegistry(),
    ApiForbiddenResponse({ description: 'Codes `registry_off`, `wrong_password`. Or not an administrator.' }),
    ApiNotFoundResponse({
      description: 'The registry has no such package or version; to update: it is not installed.',
    }),
    ApiConflictResponse({
      description:
        'Codes `integrity_changed` (look at it again), `already_installed`, `busy` (another one is under way).',
    }),
    ApiPayloadTooLargeResponse({
      description: 'Code `package_too_large` (plugins.maxPackageSize, plugins.maxInstalledSize, bytes).',
    }),
    ApiUnprocessableEntityResponse({
      description: 'Codes `not_installable` (the detail says why), `npm_failed`, `npm_missing`.',
    }),
    ApiTooManyRequestsResponse({ description: 'Too many wrong passwords, as with logins; see Retry-After.' }),
  );

/** Plugins that an administrator installs from the registry. Paths as PeerTube's, with the password and the hash beyond them. */
@ApiTags('Plugins')
@Controller('api/v1/plugins')
@RequireRole(UserRole.Administrator)
export class RegistryController {
  constructor(
    private readonly available: AvailablePlugins,
    private readonly installer: PluginInstaller,
    private readonly plugins: PluginsService,
  ) {}

  @Get('available')
  @ApiOperation({ summary: 'Plugins that the registry has, by words.' })
  @ApiOkResponse({ standardSchema: availablePluginPageSchema })
  @FromRegistry()
  search(@Query({ schema: availableQuery }) query: AvailableQuery): Promise<Page<AvailablePluginView>> {
    return this.available.search(query);
  }

  @Get('available/:npmName')
  @ApiOperation({
    summary: 'Beyond PeerTube: what would be installed, to be agreed to: its rights and its hash.',
  })
  @ApiOkResponse({ standardSchema: offeredPluginSchema })
  @ApiNotFoundResponse({ description: 'The registry has no such package or version.' })
  @FromRegistry()
  look(
    @Param('npmName', { schema: npmNameParam }) npmName: string,
    @Query({ schema: versionQuery }) { pluginVersion }: VersionQuery,
  ): Promise<OfferedPluginView> {
    return this.available.look(npmName, pluginVersion);
  }

  @Post('install')
  @ApiOperation({ summary: 'Installs a plugin; it begins with the next start of the instance.' })
  @Installs()
  async install(
    @Body({ schema: installRequest }) body: InstallRequest,
    @CurrentUser() user: UserEntity,
    @Ip() address: string,
  ): Promise<PluginView> {
    return this.plugins.get(await this.installer.install(body, { user, address }));
  }

  @Post('update')
  @ApiOperation({
    summary: 'Installs another version of a plugin; it begins with the next start of the instance.',
  })
  @Installs()
  async update(
    @Body({ schema: installRequest }) body: InstallRequest,
    @CurrentUser() user: UserEntity,
    @Ip() address: string,
  ): Promise<PluginView> {
    return this.plugins.get(await this.installer.update(body, { user, address }));
  }

  @Post('uninstall')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Removes a plugin that was installed from the registry, at once. Its settings, tables and values stay.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'It was not installed from the registry.' })
  @ApiConflictResponse({ description: 'Code `busy`: another one is being installed.' })
  async uninstall(
    @Body({ schema: uninstallRequest }) { npmName }: UninstallRequest,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.installer.uninstall(npmName, user);
  }
}
