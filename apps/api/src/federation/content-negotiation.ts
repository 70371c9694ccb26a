import type { IncomingMessage } from 'node:http';

/** ActivityPub, section 3.2; the second one with or without its profile. */
const ACTIVITY_JSON = /application\/(activity|ld)\+json/;
/** Addresses that are a page for people and an object for servers. */
const OBJECTS = /^\/(accounts|video-channels|videos\/watch|w)\/[^/?#]/;

/** Under which servers are answered (documents.controller.ts); not for use from outside. */
export const DOCUMENTS = 'activitypub';

/**
 * Sends whoever asks for an object as ActivityPub to its document, before routes are looked for: one address, two answers.
 * Browsers name `text/html` first.
 */
export function routeByAccept({ method, url = '/', headers }: IncomingMessage): string {
  const accept = headers.accept ?? '';
  const wanted = ACTIVITY_JSON.exec(accept);
  if (!wanted || (method !== 'GET' && method !== 'HEAD') || !OBJECTS.test(url)) return url;
  const page = accept.indexOf('text/html');
  return page >= 0 && page < wanted.index ? url : `/${DOCUMENTS}${url}`;
}
