/// <reference lib="webworker" />
import { fetchRange } from './fetch-range';
import { askPage } from './page-stream';
import { HEAD_START, type HeadStart, type HeadStartChunk } from './stream-messages';

/** Milliseconds of silence of the seed after which the page, which knows other seeds, goes on. */
const SILENCE_MS = 2000;

/**
 * The first bytes straight from a seed, the rest by way of the page, which gets a copy of the first: its first frame is
 * there before the page has come to look at its messages.
 */
export async function* withHeadStart(
  page: Promise<Client | undefined>,
  session: string,
  { seed, size }: HeadStart,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let position = 0;
  try {
    const head = { start: 0, end: Math.min(HEAD_START, size), silence: SILENCE_MS, signal };
    for await (const chunk of fetchRange(seed, head)) {
      const told: HeadStartChunk = { type: 'vidiverse-head-start', session, position, chunk };
      (await page)?.postMessage(told);
      position += chunk.length;
      yield chunk;
    }
  } catch {
    // The page goes on from here.
  }
  const client = await page;
  if (position === size || !client || signal.aborted) return;
  const rest = await askPage(client, session, `bytes=${position}-`, signal);
  if (rest) yield* rest.chunks;
}
