import { RemoteError } from './remote-error.js';

/**
 * Gives `work` so many milliseconds in all. The signal tells it to stop; its caller is answered at once either way, since
 * a connection being made does not listen to a signal.
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort(new RemoteError('aborted', 'Nobody waits for it any more.'));
  const timer = setTimeout(
    () => controller.abort(new RemoteError('timeout', `It was not done within ${ms} ms.`)),
    ms,
  );
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as RemoteError), { once: true });
  });
  if (outer?.aborted) stop();
  outer?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([stopped, work(signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}
