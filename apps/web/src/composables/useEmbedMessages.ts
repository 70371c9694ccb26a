import { onBeforeUnmount, onMounted } from 'vue';
import type { MediaState } from '../player/media-state';
import type { Transfer } from '../player/transfer-ledger';

const EVERY_MS = 1000;

/**
 * Tells the page around the frame, once a second, how the video plays and who carried it:
 * `{ type: 'vidiverse-figures', paused, ended, currentTime, peers, transfer }`, times in seconds, bytes in `transfer`.
 */
export function useEmbedMessages(state: () => MediaState | undefined): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = () => {
    const now = state();
    if (!now) return;
    const { paused, ended, currentTime, peers, transfer } = now;
    // Plain values: what is reactive cannot be sent.
    const figures = { paused, ended, currentTime, peers, transfer: toPlain(transfer) };
    // Nothing in it is private, and whoever frames the page is not known.
    window.parent.postMessage({ type: 'vidiverse-figures', ...figures }, '*');
  };

  onMounted(() => {
    if (window.parent !== window) timer = setInterval(tell, EVERY_MS);
  });
  onBeforeUnmount(() => clearInterval(timer));
}

const toPlain = ({ peers, seeds, uploaded }: Transfer): Transfer => ({
  peers,
  seeds: { ...seeds },
  uploaded,
});
