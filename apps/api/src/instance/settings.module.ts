import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SettingEntity } from './setting.entity.js';
import { RedundantHosts } from './redundant-hosts.service.js';
import { SettingsService } from './settings.service.js';

/** The instance's memory, for every feature. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([SettingEntity])],
  providers: [SettingsService, RedundantHosts],
  exports: [SettingsService, RedundantHosts],
})
export class SettingsModule {}
