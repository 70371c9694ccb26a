import { Module } from '@nestjs/common';
import { CachingModule } from '../caching/caching.module.js';
import { ClientConfigService } from './client-config.service.js';
import { CustomConfigController } from './custom-config.controller.js';
import { CustomConfigService } from './custom-config.service.js';
import { InstanceController } from './instance.controller.js';
import { PingController } from './ping.controller.js';
import { StatsService } from './stats.service.js';

/** What the instance says about itself, and what of it administrators change while it runs. */
@Module({
  imports: [CachingModule],
  controllers: [PingController, InstanceController, CustomConfigController],
  providers: [ClientConfigService, CustomConfigService, StatsService],
})
export class InstanceModule {}
