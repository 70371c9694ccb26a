import { onBeforeUnmount, onMounted, reactive, type Ref, shallowRef } from 'vue';
import { initialState, type MediaState } from '../../player/media-state';
import { Player } from '../../player/player';
import { useApi } from '../../api';
import type { PlayableVideo, PlayerOptions } from '../../player/types';

/** Makes a player for the `<video>` element of a component; its state is reactive, its life that of the component. */
export function usePlayer(
  element: Readonly<Ref<HTMLVideoElement | null>>,
  video: PlayableVideo,
  options: Partial<PlayerOptions>,
) {
  const api = useApi();
  const player = shallowRef<Player | null>(null);
  const state = reactive<MediaState>(initialState());

  onMounted(() => {
    player.value = new Player(element.value!, video, {
      listFiles: async () => (await api.videos.get(video.uuid)).files,
      // Nobody waits for it: what the instance makes of it comes with the next list.
      reportSeed: (fault) => void api.videos.reportSeed(video.uuid, fault).catch(() => undefined),
      ...options,
    });
    player.value.subscribe((changed) => Object.assign(state, changed));
    // A public window on the figures, for tests and the curious.
    Object.assign(window, { __vidiverse: { player: player.value } });
  });
  onBeforeUnmount(() => player.value?.destroy());

  return { player, state };
}
