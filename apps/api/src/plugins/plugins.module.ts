import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { HostServicesModule } from './host/host-services.module.js';
import { KnownPlugins } from './known-plugins.service.js';
import { PluginSet } from './loading/plugin-set.js';
import { HeapSampler } from './memory/heap-sampler.js';
import { PluginMemoryWatch } from './memory/plugin-memory-watch.js';
import { PluginFilesController } from './plugin-files.controller.js';
import { PluginFiles } from './plugin-files.service.js';
import { PluginInstallationEntity } from './plugin-installation.entity.js';
import { PluginRunner, ROOT_MODULE } from './plugin-runner.js';
import { PluginSwitchGuard } from './plugin-switch.guard.js';
import { PluginValueEntity } from './plugin-value.entity.js';
import { PluginEntity } from './plugin.entity.js';
import { PluginsController } from './plugins.controller.js';
import { PluginsService } from './plugins.service.js';
import { registryProviders } from './registry/index.js';
import { RegistryController } from './registry/registry.controller.js';

/** Runs and shows the plugins that were loaded before the application was made. */
@Module({})
export class PluginsModule {
  /** `root`: the application's own module. */
  static with(set: PluginSet, root: Type): DynamicModule {
    return {
      module: PluginsModule,
      imports: [
        HostServicesModule,
        TypeOrmModule.forFeature([PluginEntity, PluginValueEntity, PluginInstallationEntity]),
        ...set.loaded.flatMap(({ module }) => module ?? []),
      ],
      controllers: [RegistryController, PluginsController, PluginFilesController],
      providers: [
        { provide: PluginSet, useValue: set },
        { provide: ROOT_MODULE, useValue: root },
        { provide: APP_GUARD, useClass: PluginSwitchGuard },
        { provide: HeapSampler, inject: [Config], useFactory: (config: Config) => samplerFor(config, set) },
        PluginRunner,
        KnownPlugins,
        PluginMemoryWatch,
        PluginsService,
        PluginFiles,
        ...registryProviders,
      ],
    };
  }
}

/** When it always samples, it begins before plugins are initialized, so that what they hold from their first moment on is seen. */
function samplerFor({ plugins }: Config, { loaded }: PluginSet): HeapSampler {
  const sampler = new HeapSampler(plugins.memorySampling);
  if (loaded.length > 0 && plugins.memoryInterval > 0 && plugins.memorySuspicion === 0) sampler.start();
  return sampler;
}
