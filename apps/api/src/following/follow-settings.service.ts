import { Injectable } from '@nestjs/common';
import type { FollowSettings } from '@vidiverse/policy';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { SettingsService } from '../instance/settings.service.js';

const NAME = 'following.settings';

/** What administrators decided about followers. Read anew each time, so that it holds at once in every process. */
@Injectable()
export class FollowSettingsService {
  constructor(
    private readonly config: Config,
    private readonly settings: SettingsService,
  ) {}

  async get(manager?: EntityManager): Promise<FollowSettings> {
    return { ...this.configured(), ...(await this.changed(manager)) };
  }

  /** What nobody changed stays a matter of the configuration. */
  async change(changes: Partial<FollowSettings>): Promise<void> {
    await this.settings.set(NAME, { ...(await this.changed()), ...changes });
  }

  /** Back to what the configuration says. */
  async reset(): Promise<void> {
    await this.settings.remove(NAME);
  }

  private changed(manager?: EntityManager): Promise<Partial<FollowSettings> | null> {
    return this.settings.get(NAME, manager);
  }

  private configured(): FollowSettings {
    const { followers, followings } = this.config;
    return {
      followersEnabled: followers.instance.enabled,
      channelFollowersEnabled: followers.channels.enabled,
      manualApproval: followers.instance.manualApproval,
      followBack: followings.instance.autoFollowBack.enabled,
    };
  }
}
