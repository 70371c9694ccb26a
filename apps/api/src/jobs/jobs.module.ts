import { Global, Module } from '@nestjs/common';
import { HookRegistry } from '@vidiverse/hooks';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { createJobQueue } from './create-job-queue.js';
import { tellFailed } from './job-failures.js';
import { JobQueue } from './job-queue.js';
import { JobsAdminService } from './jobs-admin.service.js';
import { JobsController } from './jobs.controller.js';

/** Gives every feature the `JobQueue` that the configuration names. */
@Global()
@Module({
  controllers: [JobsController],
  providers: [
    JobsAdminService,
    {
      provide: JobQueue,
      inject: [Config, DataSource, HookRegistry],
      useFactory: (config: Config, dataSource: DataSource, registry: HookRegistry) =>
        createJobQueue(config, dataSource, (job) => tellFailed(registry, job)),
    },
  ],
  exports: [JobQueue],
})
export class JobsModule {}
