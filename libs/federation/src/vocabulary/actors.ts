import type { CompactedDocument } from './compact.js';
import { type Attribution, readAttributions, readImages, type RemoteImage } from './parts.js';
import {
  date,
  flag,
  malformed,
  neededId,
  neededText,
  neededUrl,
  objects,
  text,
  url,
  urls,
} from './values.js';
import { sameOrigin } from './urls.js';

const ACTOR_TYPES = ['Person', 'Group', 'Application', 'Service', 'Organization'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

const USERNAME = /^[\p{L}\p{N}\-_.:]{1,100}$/u;

export interface Actor {
  type: ActorType;
  id: string;
  preferredUsername: string;
  /** For people; the user name when there is none. */
  name: string;
  /** HTML or Markdown. Not cleaned. */
  summary: string | null;
  /** A page for people. */
  url: string | null;
  inbox: string;
  sharedInbox: string | null;
  outbox: string | null;
  followers: string | null;
  following: string | null;
  playlists: string | null;
  publicKey: { id: string; publicKeyPem: string };
  icons: RemoteImage[];
  images: RemoteImage[];
  /** The owners of a Group. */
  attributedTo: Attribution[];
  /** Markdown: how to support a channel. */
  support: string | null;
  published: Date | null;
  updated: Date | null;
  manuallyApprovesFollowers: boolean;
  discoverable: boolean | null;
  indexable: boolean | null;
  movedTo: string | null;
  alsoKnownAs: string[];
}

export const isActorType = (type: string): type is ActorType =>
  (ACTOR_TYPES as readonly string[]).includes(type);

/** @throws DocumentRefusedError when it is no actor with an inbox and a key of its own. */
export function readActor(document: CompactedDocument): Actor {
  const [type, ...others] = document.types.filter(isActorType);
  if (!type || others.length > 0) throw malformed('one actor type');
  const id = neededId(document);
  const preferredUsername = neededText(document, 'preferredUsername');
  if (!USERNAME.test(preferredUsername)) throw malformed('a user name');
  const [endpoints] = objects(document, 'endpoints');
  return {
    type,
    id,
    preferredUsername,
    name: text(document, 'name', 200) || preferredUsername,
    summary: text(document, 'summary'),
    url: url(document, 'url') ?? objects(document, 'url').map((link) => url(link, 'href'))[0] ?? null,
    inbox: neededUrl(document, 'inbox'),
    sharedInbox: endpoints ? url(endpoints, 'sharedInbox') : null,
    outbox: url(document, 'outbox'),
    followers: url(document, 'followers'),
    following: url(document, 'following'),
    playlists: url(document, 'playlists'),
    publicKey: readPublicKeyOf(document, id),
    icons: readImages(document, 'icon'),
    images: readImages(document, 'image'),
    attributedTo: readAttributions(document),
    support: text(document, 'support'),
    published: date(document, 'published'),
    updated: date(document, 'updated'),
    manuallyApprovesFollowers: flag(document, 'manuallyApprovesFollowers') ?? false,
    discoverable: flag(document, 'discoverable'),
    indexable: flag(document, 'indexable'),
    movedTo: url(document, 'movedTo'),
    alsoKnownAs: urls(document, 'alsoKnownAs'),
  };
}

/** The actor's own key: an `owner` or a key id elsewhere would let one server speak with another's name. */
function readPublicKeyOf(document: CompactedDocument, actor: string): Actor['publicKey'] {
  const keys = objects(document, 'publicKey').filter((key) => url(key, 'owner') === actor);
  const [key, ...others] = keys;
  if (!key || others.length > 0) throw malformed('one public key of its own');
  const id = neededId(key);
  if (!sameOrigin(id, actor)) throw malformed('a public key at its own server');
  return { id, publicKeyPem: neededText(key, 'publicKeyPem', 5_000) };
}
