import { isActivityJson } from '../fetching/media-types.js';
import { RemoteError } from '../fetching/remote-error.js';
import { type JsonObject, type JsonValue } from '../vocabulary/read-json.js';
import { webUrl } from '../vocabulary/urls.js';
import { acctUri, type Handle, parseHandle, sameHandle } from './handle.js';

/** RFC 7033 section 10.2. */
export const JRD_TYPE = 'application/jrd+json';

/** Where people of other servers are sent to follow or answer from there. */
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe';

/** More links than any server gives. */
const MAX_LINKS = 100;

export interface WebfingerDocument {
  subject: string;
  aliases: string[];
  links: Array<{ rel: string; type?: string; href?: string; template?: string }>;
}

/** What we say of an actor of ours. `origin` is the public base URL of this instance. */
export function buildWebfinger(handle: Handle, actorUrl: string, origin: string): WebfingerDocument {
  return {
    subject: acctUri(handle),
    aliases: [actorUrl],
    links: [
      { rel: 'self', type: 'application/activity+json', href: actorUrl },
      { rel: SUBSCRIBE, template: `${origin}/remote-interaction?uri={uri}` },
    ],
  };
}

/**
 * Reads which actor a host says a handle is. The answer must be about the handle that was asked for and name one actor:
 * with two, each reader might take another. The actor may live on another host than the handle; it is known by its own.
 */
export function readWebfinger(document: JsonObject, asked: Handle): string {
  const { subject, links } = document;
  const about = typeof subject === 'string' && /^acct:/i.test(subject) ? parseHandle(subject) : null;
  if (!about || !sameHandle(about, asked)) {
    throw new RemoteError('wrong_id', `WebFinger was asked for ${acctUri(asked)} and answers for another.`);
  }
  if (!Array.isArray(links) || links.length > MAX_LINKS) {
    throw new RemoteError('malformed', 'The WebFinger answer has no list of links, or too long a one.');
  }
  const actors = new Set(links.filter(isActorLink).map(({ href }) => href));
  const [actor] = actors;
  const url = actors.size === 1 ? webUrl(actor) : null;
  if (url === null) throw new RemoteError('malformed', `WebFinger names ${actors.size} actors, not one.`);
  return url;
}

function isActorLink(link: JsonValue): link is JsonObject {
  if (typeof link !== 'object' || link === null || Array.isArray(link) || link.rel !== 'self') return false;
  return typeof link.type === 'string' && isActivityJson(link.type);
}
