import { useApi } from '../api';
import type { CustomConfig, CustomConfigChange } from '../api/federation-types';
import { useAction } from './useAction';
import { useLoad } from './useLoad';

export interface FollowSettings {
  rejectAll: boolean;
  rejectForChannels: boolean;
  manualApproval: boolean;
  followBack: boolean;
}

/** The switches of the follow policy. Each holds at once; one that could not be thrown goes back. */
export function useFollowSettings() {
  const api = useApi();
  const { busy, run } = useAction();
  const { data, error, reload } = useLoad(
    () => 'settings',
    async (_key, signal) => toSettings(await api.followPolicy.settings(signal)),
  );

  async function set(name: keyof FollowSettings, value: boolean): Promise<void> {
    const before = data.value;
    if (!before || busy.value) return;
    data.value = { ...before, [name]: value };
    const done = await run('The setting could not be changed.', async () => {
      data.value = toSettings(await api.followPolicy.change(toChange({ [name]: value })));
    });
    if (!done) data.value = before;
  }

  return { settings: data, error, reload, busy, set };
}

const toSettings = ({ followers, followings }: CustomConfig): FollowSettings => ({
  rejectAll: !followers.instance.enabled,
  rejectForChannels: !followers.channels.enabled,
  manualApproval: followers.instance.manualApproval,
  followBack: followings.instance.autoFollowBack.enabled,
});

/** PeerTube's names say what is allowed. */
function toChange(change: Partial<FollowSettings>): CustomConfigChange {
  const { rejectAll, rejectForChannels, manualApproval, followBack } = change;
  const unless = (value: boolean | undefined) => (value === undefined ? undefined : !value);
  return {
    followers: {
      instance: { enabled: unless(rejectAll), manualApproval },
      channels: { enabled: unless(rejectForChannels) },
    },
    followings: { instance: { autoFollowBack: { enabled: followBack } } },
  };
}
