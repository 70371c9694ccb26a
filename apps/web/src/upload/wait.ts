/** Resolves after `ms` (which may be infinite), when `signal` aborts, or when the browser is back online. */
export function waitOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = Number.isFinite(ms) ? setTimeout(end, ms) : undefined;
    signal.addEventListener('abort', end);
    if (timer !== undefined) window.addEventListener('online', end);
  });
}
