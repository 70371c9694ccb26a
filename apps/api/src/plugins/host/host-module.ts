import type { DynamicModule, Type } from '@nestjs/common';
import { Blocks } from '@vidiverse/federation';
import {
  InstanceFollows,
  PluginJobs,
  type PluginModule,
  PluginSettings,
  PluginStorage,
} from '@vidiverse/hooks';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config.js';
import { FollowingService } from '../../following/following.service.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { ActivePlugins } from '../active-plugins.js';
import { HostServicesModule } from './host-services.module.js';
import { PluginInstanceFollows } from './plugin-instance-follows.js';
import { QueuedPluginJobs } from './queued-plugin-jobs.js';
import { StoredPluginStorage } from './stored-plugin-storage.js';

const isDynamic = (module: PluginModule): module is DynamicModule => 'module' in module;

/** A plugin's own module, in which what the instance offers plugins can be injected; its settings, storage and jobs are its own. */
export function hostModule(name: string, module: PluginModule, settings: PluginSettings): DynamicModule {
  const own: DynamicModule = isDynamic(module) ? module : { module: module as Type };
  const host: DynamicModule = {
    module: PluginHost,
    imports: [HostServicesModule],
    providers: [
      { provide: PluginSettings, useValue: settings },
      {
        provide: PluginStorage,
        inject: [DataSource, Config],
        useFactory: (dataSource: DataSource, config: Config) =>
          new StoredPluginStorage(name, dataSource, config.plugins),
      },
      {
        provide: PluginJobs,
        inject: [JobQueue, ActivePlugins],
        useFactory: (queue: JobQueue, active: ActivePlugins) => new QueuedPluginJobs(name, queue, active),
      },
      {
        provide: InstanceFollows,
        inject: [Config, DataSource, FollowingService, Blocks],
        useFactory: (config: Config, dataSource: DataSource, following: FollowingService, blocks: Blocks) =>
          new PluginInstanceFollows(name, { config, dataSource, following, blocks }),
      },
    ],
    exports: [PluginSettings, PluginStorage, PluginJobs, InstanceFollows, HostServicesModule],
  };
  return { ...own, imports: [...(own.imports ?? []), host] };
}

/** One for each plugin. */
class PluginHost {}
