import type { RangeSource } from './range-source';
import {
  type HeadStartChunk,
  headStartQuery,
  type MediaType,
  STREAM_PATH,
  type StreamAnswer,
  type StreamControl,
  streamHeaders,
  type StreamRequest,
} from './stream-messages';

const WORKER_URL = '/sw.js';

/** Asks for the service worker, so that it is there when the first video is opened. Without one everything plays over HTTP. */
export async function registerWorker(): Promise<void> {
  await workers()?.register(WORKER_URL);
}

/** Null where there are none; frames on other sites may not even ask. */
function workers(): ServiceWorkerContainer | null {
  try {
    return window.isSecureContext && 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  } catch {
    return null;
  }
}

/** Whether the service worker answers this page, after at most `seconds`. */
export async function workerReady(seconds: number): Promise<boolean> {
  const container = workers();
  if (!container) return false;
  if (container.controller) return true;
  const controlled = new Promise<boolean>((resolve) => {
    container.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  await registerWorker().catch(() => undefined);
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), seconds * 1000));
  return Promise.race([controlled, late]);
}

interface Served {
  source: RangeSource;
  mediaType: MediaType;
  /** Address of the seed that the service worker begins with. */
  seed: string;
}

/** The page's side of the streams: answers the ranges that the service worker passes on. */
export class StreamServer {
  private readonly served = new Map<string, Served>();
  private readonly onMessage = ({ data, ports }: MessageEvent<StreamRequest | HeadStartChunk>) => {
    const found = this.served.get(data?.session);
    if (!found) return;
    if (data.type === 'vidiverse-head-start')
      found.source.takeHeadStart(found.seed, data.position, data.chunk);
    else if (ports[0]) void serve(found, data.range, ports[0]);
  };

  constructor() {
    workers()?.addEventListener('message', this.onMessage);
    workers()?.startMessages();
  }

  /** The address under which the element finds `source`, of which the service worker fetches the first bytes from `seed`. */
  add(source: RangeSource, mediaType: MediaType, seed: string): string {
    const session = crypto.randomUUID();
    this.served.set(session, { source, mediaType, seed });
    return `${STREAM_PATH}${session}?${headStartQuery({ seed, size: source.size, mediaType })}`;
  }

  remove(url: string): void {
    this.served.delete(new URL(url, location.href).pathname.slice(STREAM_PATH.length));
  }

  destroy(): void {
    workers()?.removeEventListener('message', this.onMessage);
    this.served.clear();
  }
}

async function serve({ source, mediaType }: Served, range: string | null, port: MessagePort): Promise<void> {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = to ? Math.min(Number(to) + 1, source.size) : source.size;
  const answer = (message: StreamAnswer, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);
  answer({
    type: 'head',
    status: range ? 206 : 200,
    headers: streamHeaders({ size: source.size, mediaType }, range ? { start, end } : undefined),
  });
  const cancelled = new AbortController();
  const chunks = source.read(start, end, cancelled.signal);
  port.onmessage = async ({ data }: MessageEvent<StreamControl>) => {
    if (data === 'cancel') {
      cancelled.abort();
      port.close();
      return;
    }
    const next = await chunks.next().catch(() => ({ done: true as const, value: undefined }));
    if (cancelled.signal.aborted) return;
    if (next.done) {
      answer({ type: 'end' });
      port.close();
    } else {
      // A copy: the piece itself stays here for peers.
      const chunk = next.value.slice();
      answer({ type: 'chunk', chunk }, [chunk.buffer]);
    }
  };
}
