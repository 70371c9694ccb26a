/** Fewer bytes than this within the time of a silence are as good as none: a seed that drips keeps a viewer waiting just as long. */
const DRIP = 16 * 1024;

/** It sent nothing, or next to nothing, for too long. */
export class SilenceError extends Error {}

/**
 * The bytes from `start` up to, not including, `end`, as they arrive.
 * @throws SilenceError after `silence` milliseconds with next to none, Error for another answer than a 206
 */
export async function* fetchRange(
  url: string,
  { start, end, silence, signal }: { start: number; end: number; silence: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const silent = new AbortController();
  let waited = 0;
  let received = 0;
  /** Only the wait for the network counts: nobody pulls while the player's buffer is full. */
  const listen = async <T>(answer: Promise<T>): Promise<T> => {
    const begun = performance.now();
    const timer = setTimeout(() => silent.abort(), silence - waited);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      waited += performance.now() - begun;
    }
  };
  try {
    const asked = fetch(url, {
      headers: { range: `bytes=${start}-${end - 1}` },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    const { status, body } = await listen(asked);
    if (status !== 206 || !body) throw new Error(`the seed answered ${status}`);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await listen(reader.read());
      if (done) return;
      received += value.length;
      if (received >= DRIP) waited = received = 0;
      yield value;
    }
  } catch (error) {
    // Browsers hand a reason of ours on as an error of their own.
    throw silent.signal.aborted ? new SilenceError('the seed fell silent') : error;
  } finally {
    silent.abort();
  }
}
