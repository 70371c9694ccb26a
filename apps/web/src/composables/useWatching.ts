import { ref, watch } from 'vue';
import { useApi } from '../api';
import type { VideoDetails } from '../api/types';

const REPORT_EVERY_MS = 5000;

/** Where the viewer of a video is; tells the server every few seconds of watching and at the end, which counts views. */
export function useWatching(video: () => VideoDetails | null) {
  const api = useApi();
  /** Seconds from the start. */
  const position = ref(0);
  let reportedAt = performance.now();

  /** To be called by the player as the video goes on. */
  function watched(seconds: number): void {
    position.value = seconds;
    const current = video();
    if (!current) return;
    const isDue = performance.now() - reportedAt >= REPORT_EVERY_MS;
    if (!isDue && seconds < current.duration - 1) return;
    reportedAt = performance.now();
    // A lost report is made good by the next one.
    void api.videos.reportView(current.uuid, seconds).catch(() => undefined);
  }

  watch(
    () => video()?.uuid,
    () => (position.value = 0),
  );
  return { position, watched };
}
