import { readonly } from 'vue';
import type { WebPlayer } from '@vidiverse/hooks/web';
import type { MediaState } from '../player/media-state';
import type { Player } from '../player/player';

/** The player as plugins see it: its reactive `state`, which they cannot write, and the little that they may do. */
export const webPlayer = (state: MediaState, player: () => Player | null): WebPlayer => ({
  state: readonly(state) as WebPlayer['state'],
  play: () => void player()?.play(),
  pause: () => {
    if (!state.paused) player()?.togglePlay();
  },
  seek: (seconds) => player()?.seek(seconds),
});
