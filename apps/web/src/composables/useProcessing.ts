import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { ApiError, useApi } from '../api';
import { type Processing, VideoState } from '../api/types';

const POLL_MS = 1500;
/** While the server does not answer, it is asked less often. */
const POLL_AFTER_ERROR_MS = 5000;

/** Follows the processing of a video until it is published or has failed; `video` undefined follows nothing. */
export function useProcessing(video: () => string | undefined) {
  const api = useApi();
  const processing = shallowRef<Processing | null>(null);
  const error = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = new AbortController();

  const isPublished = computed(() => processing.value?.state.id === VideoState.Published);
  const hasFailed = computed(() => processing.value?.state.id === VideoState.TranscodingFailed);

  async function poll(id: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await api.videos.processing(id, signal);
      if (signal.aborted) return;
      processing.value = answer;
      error.value = null;
    } catch (problem) {
      if (signal.aborted) return;
      error.value = problem;
      if (problem instanceof ApiError && problem.status >= 400 && problem.status < 500) return;
    }
    const isRunning = processing.value?.stages.some(
      ({ status }) => status === 'running' || status === 'waiting',
    );
    // The stages may lag behind a published video: its renditions go on.
    if ((isPublished.value && !isRunning) || hasFailed.value) return;
    timer = setTimeout(() => void poll(id, signal), error.value ? POLL_AFTER_ERROR_MS : POLL_MS);
  }

  function follow(): void {
    clearTimeout(timer);
    running.abort();
    running = new AbortController();
    const id = video();
    if (id) void poll(id, running.signal);
  }

  /** Starts a failed processing again. @throws ApiError */
  async function retry(): Promise<void> {
    const id = video();
    if (!id) return;
    await api.videos.retryProcessing(id);
    follow();
  }

  watch(
    video,
    () => {
      processing.value = null;
      error.value = null;
      follow();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    running.abort();
  });

  return { processing, error, isPublished, hasFailed, retry };
}
