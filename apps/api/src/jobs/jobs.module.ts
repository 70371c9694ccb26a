import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { createJobQueue } from './create-job-queue.js';
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
      inject: [Config, DataSource],
      useFactory: (config: Config, dataSource: DataSource) => createJobQueue(config, dataSource),
    },
  ],
  exports: [JobQueue],
})
export class JobsModule {}
