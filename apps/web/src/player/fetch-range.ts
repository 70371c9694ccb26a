/** It sent nothing for too long. */
export class SilenceError extends Error {}

/**
 * The bytes from `start` up to, not including, `end`, as they arrive.
 * @throws SilenceError after so many milliseconds without any, Error for another answer than a 206
 */
export async function* fetchRange(
  url: string,
  { start, end, silence, signal }: { start: number; end: number; silence: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const silent = new AbortController();
  const listen = () => setTimeout(() => silent.abort(), silence);
  let timer = listen();
  try {
    const { status, body } = await fetch(url, {
      headers: { range: `bytes=${start}-${end - 1}` },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    if (status !== 206 || !body) throw new Error(`the seed answered ${status}`);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      // Nobody pulls while the buffer is full: only the wait for the network counts as silence.
      yield value;
      timer = listen();
    }
  } catch (error) {
    // Browsers hand a reason of ours on as an error of their own.
    throw silent.signal.aborted ? new SilenceError('the seed fell silent') : error;
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}
