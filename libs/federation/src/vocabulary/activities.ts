import type { CompactedDocument } from './compact.js';
import { type FederatedObject, readObject } from './objects.js';
import { count, date, malformed, neededId, neededUrl, objects, text, texts, url, urls } from './values.js';

interface ActivityBase {
  id: string;
  /** The actor's URL. */
  actor: string;
  to: string[];
  cc: string[];
  published: Date | null;
}

/** `object` is the URL of what it is about. */
export interface PlainActivity extends ActivityBase {
  type: 'Follow' | 'Delete' | 'Announce' | 'Like' | 'Dislike';
  object: string;
}

export interface View extends ActivityBase {
  type: 'View';
  object: string;
  /** With an end it says who is watching now, without it counts a view. */
  expires: Date | null;
  /** How many are watching. */
  watching: number | null;
}

/** The activity it answers or takes back; only its URL when that is all that was sent. */
export interface Answer extends ActivityBase {
  type: 'Accept' | 'Reject' | 'Undo';
  object: string;
  activity: Activity | null;
}

export interface Change extends ActivityBase {
  type: 'Create' | 'Update';
  /** The object's URL. */
  object: string;
  /** What was sent of it; null when only its URL was, or it is of a kind that is not read here. */
  content: FederatedObject | null;
}

export interface Flag extends ActivityBase {
  type: 'Flag';
  /** What is reported, at least one. */
  objects: string[];
  content: string;
  /** Names of its hashtags: PeerTube's predefined reasons. */
  reasons: string[];
}

export type Activity = PlainActivity | View | Answer | Change | Flag;

const MAX_REPORTED = 50;

/** An activity in its type; null when it is of a type that is not read here. @throws DocumentRefusedError when it lacks what its type needs. */
export function readActivity(document: CompactedDocument): Activity | null {
  const [type, ...others] = document.types.filter(isRead);
  if (!type) return null;
  // Their order is not signed: whoever hands it on would choose.
  if (others.length > 0) throw malformed('one type');
  const base = {
    id: neededId(document),
    actor: neededUrl(document, 'actor'),
    to: urls(document, 'to'),
    cc: urls(document, 'cc'),
    published: date(document, 'published'),
  };
  return READERS[type](document, base);
}

type Reader = (document: CompactedDocument, base: ActivityBase) => Activity;

const plain =
  (type: PlainActivity['type']): Reader =>
  (document, base) => ({ ...base, type, object: neededUrl(document, 'object') });

const answer =
  (type: Answer['type']): Reader =>
  (document, base) => {
    const [inner] = objects(document, 'object');
    return {
      ...base,
      type,
      object: neededUrl(document, 'object'),
      activity: inner ? readInner(inner) : null,
    };
  };

const change =
  (type: Change['type']): Reader =>
  (document, base) => {
    const [inner] = objects(document, 'object');
    return {
      ...base,
      type,
      object: neededUrl(document, 'object'),
      content: inner ? readObject(inner) : null,
    };
  };

const view: Reader = (document, base) => {
  const [result] = objects(document, 'result');
  return {
    ...base,
    type: 'View',
    object: neededUrl(document, 'object'),
    expires: date(document, 'expires'),
    watching: result ? count(result, 'userInteractionCount') : null,
  };
};

const flag: Reader = (document, base) => {
  const reported = urls(document, 'object');
  if (reported.length === 0 || reported.length > MAX_REPORTED) throw malformed('something that is reported');
  const reasons = objects(document, 'tag').flatMap((tag) => texts(tag, 'name'));
  return { ...base, type: 'Flag', objects: reported, content: text(document, 'content') ?? '', reasons };
};

const READERS = {
  Accept: answer('Accept'),
  Announce: plain('Announce'),
  Create: change('Create'),
  Delete: plain('Delete'),
  Dislike: plain('Dislike'),
  Flag: flag,
  Follow: plain('Follow'),
  Like: plain('Like'),
  Reject: answer('Reject'),
  Undo: answer('Undo'),
  Update: change('Update'),
  View: view,
} satisfies Record<Activity['type'], Reader>;

const isRead = (type: string): type is Activity['type'] => Object.hasOwn(READERS, type);

/** One level only: nobody undoes an Undo. A Tombstone, or an object where an activity is meant, is read as its URL. */
function readInner(inner: CompactedDocument): Activity | null {
  if (inner.types.some((type) => type === 'Undo' || type === 'Accept' || type === 'Reject')) return null;
  return url(inner, 'actor') === null ? null : readActivity(inner);
}
