import type { DataSource } from 'typeorm';
import { SettingEntity } from '../instance/setting.entity.js';
import { SettingsService } from '../instance/settings.service.js';

const NAME = 'jobs.paused';

/** Whether the queue is paused, for all processes and across restarts. */
export class PauseSwitch {
  private readonly settings: SettingsService;

  constructor(dataSource: DataSource) {
    this.settings = new SettingsService(dataSource.getRepository(SettingEntity));
  }

  async get(): Promise<boolean> {
    return (await this.settings.get<boolean>(NAME)) === true;
  }

  set(paused: boolean): Promise<void> {
    return this.settings.set(NAME, paused);
  }
}
