import type { DynamicModule, Type } from '@nestjs/common';
import { PluginJobs, type PluginModule, PluginSettings, PluginStorage } from '@vidiverse/hooks';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { ActivePlugins } from '../active-plugins.js';
import { HostServicesModule } from './host-services.module.js';
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
    ],
    exports: [PluginSettings, PluginStorage, PluginJobs, HostServicesModule],
  };
  return { ...own, imports: [...(own.imports ?? []), host] };
}

/** One for each plugin. */
class PluginHost {}
