/// <reference lib="webworker" />
import type { StreamAnswer, StreamRequest } from './stream-messages';

/** A page that does not answer is gone; the element then shows its error instead of waiting for ever. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A range of a stream, as the page answers it. */
export interface PageStream {
  status: number;
  headers: Record<string, string>;
  /** One chunk for each step: nothing is read ahead, the page decides what comes from where as late as it can. */
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** Asks the page for a range, which nobody wants any more once `signal` is aborted. Null when it does not answer. */
export async function askPage(
  page: Client,
  session: string,
  range: string | null,
  signal: AbortSignal,
): Promise<PageStream | null> {
  const { port1: port, port2 } = new MessageChannel();
  const request: StreamRequest = { type: 'vidiverse-stream', session, range };
  const head = nextAnswer(port, ANSWER_TIMEOUT_MS);
  page.postMessage(request, [port2]);
  const answer = await head;
  if (answer?.type !== 'head') return null;
  return { status: answer.status, headers: answer.headers, chunks: chunksFrom(port, signal) };
}

async function* chunksFrom(port: MessagePort, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  // At once: the page may be waiting for peers, for nobody.
  signal.addEventListener('abort', () => port.postMessage('cancel'));
  while (!signal.aborted) {
    const next = nextAnswer(port);
    port.postMessage('pull');
    const part = await next;
    if (part?.type !== 'chunk') break;
    yield part.chunk;
  }
  port.close();
}

function nextAnswer(port: MessagePort, timeout?: number): Promise<StreamAnswer | null> {
  return new Promise((resolve) => {
    const timer = timeout === undefined ? undefined : setTimeout(() => resolve(null), timeout);
    port.onmessage = ({ data }: MessageEvent<StreamAnswer>) => {
      clearTimeout(timer);
      resolve(data);
    };
  });
}
