/// <reference lib="webworker" />
import { withHeadStart } from './head-start';
import { askPage } from './page-stream';
import { readHeadStart, STREAM_PATH, streamHeaders } from './stream-messages';

declare const self: ServiceWorkerGlobalScope;

/** Who asks for streams. What a page or a script asks for goes to the server, which has none: no address shows a page of others. */
const ELEMENTS: RequestDestination[] = ['video', 'audio'];

/** Streams that had their head start. */
const begun = new Set<string>();

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(STREAM_PATH)) return;
  if (!ELEMENTS.includes(event.request.destination)) return;
  const range = event.request.headers.get('range');
  event.respondWith(begin(event, url, range) ?? goOn(event, url, range));
});

/** Answers the first request of a stream at once. Null for other requests. */
function begin(event: FetchEvent, url: URL, range: string | null): Response | null {
  const session = url.pathname.slice(STREAM_PATH.length);
  const head = readHeadStart(url.searchParams);
  if (!head || begun.has(session) || (range !== null && range !== 'bytes=0-')) return null;
  begun.add(session);
  const stop = new AbortController();
  const body = toStream(withHeadStart(self.clients.get(event.clientId), session, head, stop.signal), stop);
  return range === null
    ? new Response(body, { headers: streamHeaders(head) })
    : new Response(body, { status: 206, headers: streamHeaders(head, { start: 0, end: head.size }) });
}

/** Passes a range that the `<video>` element asks for on to the page, and its bytes back, as fast as the element takes them. */
async function goOn(event: FetchEvent, url: URL, range: string | null): Promise<Response> {
  const page = await self.clients.get(event.clientId);
  if (!page) return new Response('The page is gone.', { status: 404 });
  const stop = new AbortController();
  const answer = await askPage(page, url.pathname.slice(STREAM_PATH.length), range, stop.signal);
  if (!answer) return new Response('The page did not answer.', { status: 504 });
  return new Response(toStream(answer.chunks, stop), answer);
}

/** A stream that reads no chunk before it is asked for. */
function toStream(
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  stop: AbortController,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => stop.abort(),
    },
    { highWaterMark: 0 },
  );
}
