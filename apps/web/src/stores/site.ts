import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useApi } from '../api';
import type { SiteConfig } from '../api/types';

const FALLBACK_NAME = 'Vidiverse';

/** What the instance says of itself. */
export const useSite = defineStore('site', () => {
  const api = useApi();
  const config = ref<SiteConfig | null>(null);
  let loading: Promise<SiteConfig> | null = null;

  /** Fetches the configuration, once. @throws ApiError */
  function load(): Promise<SiteConfig> {
    loading ??= api
      .config()
      .then((answer) => (config.value = answer))
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  }

  /** Servers that tell a browser how it is seen from outside its network; none while the site does not answer. */
  const iceServers = (): Promise<RTCIceServer[]> =>
    load().then(
      ({ webrtc }) => (webrtc?.stunServers ?? []).map((urls) => ({ urls })),
      () => [],
    );

  return { config, name: computed(() => config.value?.instance.name ?? FALLBACK_NAME), load, iceServers };
});
