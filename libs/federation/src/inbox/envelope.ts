import type { CompactedDocument, CompactedValue } from '../vocabulary/compact.js';
import { hostOf, sameOrigin, webUrl } from '../vocabulary/urls.js';
import { InboxRefusalError } from './inbox-request.js';

/** What every activity says of itself. */
export interface Envelope {
  id: string;
  actorUrl: string;
  /** Of the actor. */
  host: string;
  type: string;
  activity: CompactedDocument;
}

/** Type of activities that our vocabulary does not know: they are taken and not understood. */
const UNKNOWN = 'Unknown';
/** What the actor does to an object that must be the actor's, and so on its server. */
const OF_OWN_OBJECT: ReadonlySet<string> = new Set(['Create', 'Update', 'Undo']);

/** @throws InboxRefusalError (400) when it does not say who does what under which id. */
export function readEnvelope(activity: CompactedDocument): Envelope {
  const id = webUrl(activity.id);
  const actorUrl = actorOf(activity);
  const host = actorUrl && hostOf(actorUrl);
  if (id === null) throw malformed('An activity has an id, which is a URL.');
  if (!actorUrl || !host) throw malformed('An activity has one actor, which is a URL.');
  const [type = UNKNOWN, ...more] = activity.types;
  if (more.length > 0) throw malformed('An activity has one type.');
  const { object = [] } = activity.terms;
  // An id with a space or a line break is dropped when the document is expanded.
  if (type !== UNKNOWN && (object.length === 0 || object.some(isNoUrl)))
    throw malformed('An activity has an object, named by a URL.');
  return { id, actorUrl, host, type, activity };
}

/** The one actor of an activity, by reference or embedded. */
export const actorOf = ({ terms: { actor = [] } }: CompactedDocument): string | null =>
  actor.length === 1 ? webUrl(idOf(actor[0]!)) : null;

/**
 * What can be said of ownership without a look at what is stored: nobody speaks for this instance, an activity has its id where
 * its actor is, and so has what it creates, changes or undoes. @throws InboxRefusalError (403)
 */
export function checkOrigins(envelope: Envelope, ownHost: string): void {
  const { id, actorUrl, host, type } = envelope;
  if (host === ownHost) throw new InboxRefusalError(403, 'own_host', 'The actor is on this instance.');
  if (type === 'Delete') return checkDelete(envelope);
  if (!sameOrigin(id, actorUrl)) {
    throw new InboxRefusalError(403, 'foreign_id', 'The id of the activity is not on its actor’s server.');
  }
  if (OF_OWN_OBJECT.has(type)) checkOwnObject(envelope);
}

/**
 * The owner of a video may delete a comment that came from elsewhere, and PeerTube then makes the id from the comment's. Such an
 * activity is let in: whether the actor has that right is seen where the comment is stored.
 */
function checkDelete({ id, actorUrl, activity }: Envelope): void {
  const object = onlyObject(activity);
  const objectId = webUrl(idOf(object));
  if (objectId === null) throw malformed('What is deleted has an id, which is a URL.');
  if (sameOrigin(id, actorUrl) ? !sameOrigin(objectId, actorUrl) : !sameOrigin(id, objectId)) {
    throw new InboxRefusalError(403, 'foreign_object', 'What is deleted is not on the actor’s server.');
  }
}

function checkOwnObject({ actorUrl, type, activity }: Envelope): void {
  const object = onlyObject(activity);
  const objectId = idOf(object);
  const isForeign = objectId !== null && !sameOrigin(objectId, actorUrl);
  const isAnothers = type === 'Undo' && typeof object === 'object' && !isBy(object, actorUrl);
  if (isForeign || isAnothers) {
    throw new InboxRefusalError(403, 'foreign_object', 'The object is not the actor’s own.');
  }
}

/** An embedded activity without an actor leaves its author open. */
const isBy = (activity: CompactedDocument, actorUrl: string): boolean =>
  activity.terms.actor === undefined || actorOf(activity) === actorUrl;

function onlyObject({ terms: { object = [] } }: CompactedDocument): CompactedValue {
  if (object.length !== 1) throw malformed('An activity of this type has one object.');
  return object[0]!;
}

/** The id of a value, by reference or embedded. */
function idOf(value: CompactedValue): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? value.id : null;
}

/** Named, but by nothing that could be asked for: `file:`, `javascript:`, user information and the like. */
const isNoUrl = (value: CompactedValue): boolean => {
  const id = idOf(value);
  return id !== null && webUrl(id) === null;
};

const malformed = (message: string) => new InboxRefusalError(400, 'malformed_activity', message);
