import { Injectable } from '@nestjs/common';
import { SettingsService } from './settings.service.js';

const HOSTS = 'caching.hosts';

/** What administrators said of instances: whether their videos may be cached here (`server/redundancy/:host`). */
@Injectable()
export class RedundantHosts {
  constructor(private readonly settings: SettingsService) {}

  /** Of those that are not in it, nothing was said. */
  async all(): Promise<Map<string, boolean>> {
    return new Map(Object.entries((await this.settings.get<Record<string, boolean>>(HOSTS)) ?? {}));
  }

  async set(host: string, allowed: boolean): Promise<void> {
    const hosts = Object.fromEntries(await this.all());
    await this.settings.set(HOSTS, { ...hosts, [host]: allowed });
  }
}
