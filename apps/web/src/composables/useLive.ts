import { onScopeDispose, watch } from 'vue';

const WHILE_BUSY_MS = 2500;
const AT_REST_MS = 15_000;

/** Calls `refresh` every few seconds while `isBusy` says that something is under way, and now and then otherwise; never while the page is hidden. */
export function useLive(refresh: () => Promise<void>, isBusy: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  function plan(): void {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void again(), isBusy() ? WHILE_BUSY_MS : AT_REST_MS);
  }

  async function again(): Promise<void> {
    if (!document.hidden) await refresh();
    plan();
  }

  const onShown = () => {
    if (!document.hidden) void again();
  };
  document.addEventListener('visibilitychange', onShown);
  watch(isBusy, plan);
  onScopeDispose(() => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onShown);
  });
  plan();
}
