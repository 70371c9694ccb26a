import { Injectable } from '@nestjs/common';
import type { FollowSettings } from '@vidiverse/policy';
import { FollowSettingsService } from '../following/follow-settings.service.js';
import type { CustomConfigUpdate, CustomConfigView } from './dto/custom-config.js';

/** What administrators change while the server runs, in PeerTube's form. It holds at once, in every process. */
@Injectable()
export class CustomConfigService {
  constructor(private readonly follows: FollowSettingsService) {}

  async view(): Promise<CustomConfigView> {
    const { followersEnabled, channelFollowersEnabled, manualApproval, followBack } =
      await this.follows.get();
    return {
      followers: {
        instance: { enabled: followersEnabled, manualApproval },
        channels: { enabled: channelFollowersEnabled },
      },
      followings: {
        instance: {
          autoFollowBack: { enabled: followBack },
          autoFollowIndex: { enabled: false, indexUrl: '' },
        },
      },
    };
  }

  async update({ followers, followings }: CustomConfigUpdate): Promise<void> {
    await this.follows.change(
      given({
        followersEnabled: followers?.instance?.enabled,
        manualApproval: followers?.instance?.manualApproval,
        channelFollowersEnabled: followers?.channels?.enabled,
        followBack: followings?.instance?.autoFollowBack?.enabled,
      }),
    );
  }

  /** Back to the configuration file. */
  async reset(): Promise<void> {
    await this.follows.reset();
  }
}

const given = (settings: { [Name in keyof FollowSettings]: boolean | undefined }): Partial<FollowSettings> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
