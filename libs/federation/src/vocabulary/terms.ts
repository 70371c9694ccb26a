const AS = 'https://www.w3.org/ns/activitystreams#';
const SEC = 'https://w3id.org/security#';
const LDP = 'http://www.w3.org/ns/ldp#';
const PT = 'https://joinpeertube.org/ns#';
const SC = 'http://schema.org/';
const TOOT = 'http://joinmastodon.org/ns#';
const LEMMY = 'https://join-lemmy.org/ns#';

export const PUBLIC = `${AS}Public`;

/** `any`: a URL or an object. The others are literals, brought to that type whichever way they were written. */
export type TermKind = 'any' | 'text' | 'number' | 'boolean';

const ANY = 'any';
const TEXT = 'text';
const NUMBER = 'number';
const BOOLEAN = 'boolean';

/** Everything we read: our word for it, its IRIs, its kind. What is not here is not read. */
const TERMS = {
  actor: [ANY, `${AS}actor`],
  alsoKnownAs: [ANY, `${AS}alsoKnownAs`],
  attachment: [ANY, `${AS}attachment`],
  attributedTo: [ANY, `${AS}attributedTo`],
  audience: [ANY, `${AS}audience`],
  cc: [ANY, `${AS}cc`],
  comments: [ANY, `${AS}comments`],
  content: [TEXT, `${AS}content`],
  deleted: [TEXT, `${AS}deleted`],
  dislikes: [ANY, `${AS}dislikes`],
  duration: [TEXT, `${AS}duration`],
  endpoints: [ANY, `${AS}endpoints`],
  first: [ANY, `${AS}first`],
  followers: [ANY, `${AS}followers`],
  following: [ANY, `${AS}following`],
  formerType: [ANY, `${AS}formerType`],
  height: [NUMBER, `${AS}height`],
  href: [ANY, `${AS}href`],
  icon: [ANY, `${AS}icon`],
  image: [ANY, `${AS}image`],
  inReplyTo: [ANY, `${AS}inReplyTo`],
  items: [ANY, `${AS}items`],
  last: [ANY, `${AS}last`],
  likes: [ANY, `${AS}likes`],
  manuallyApprovesFollowers: [BOOLEAN, `${AS}manuallyApprovesFollowers`],
  mediaType: [TEXT, `${AS}mediaType`],
  movedTo: [ANY, `${AS}movedTo`],
  name: [TEXT, `${AS}name`],
  next: [ANY, `${AS}next`],
  object: [ANY, `${AS}object`],
  outbox: [ANY, `${AS}outbox`],
  partOf: [ANY, `${AS}partOf`],
  preferredUsername: [TEXT, `${AS}preferredUsername`],
  prev: [ANY, `${AS}prev`],
  preview: [ANY, `${AS}preview`],
  published: [TEXT, `${AS}published`],
  rel: [TEXT, `${AS}rel`],
  replies: [ANY, `${AS}replies`],
  result: [ANY, `${AS}result`],
  sensitive: [BOOLEAN, `${AS}sensitive`],
  sharedInbox: [ANY, `${AS}sharedInbox`],
  shares: [ANY, `${AS}shares`],
  summary: [TEXT, `${AS}summary`],
  tag: [ANY, `${AS}tag`],
  target: [ANY, `${AS}target`],
  to: [ANY, `${AS}to`],
  totalItems: [NUMBER, `${AS}totalItems`],
  updated: [TEXT, `${AS}updated`],
  url: [ANY, `${AS}url`],
  width: [NUMBER, `${AS}width`],

  inbox: [ANY, `${LDP}inbox`],
  owner: [ANY, `${SEC}owner`],
  publicKey: [ANY, `${SEC}publicKey`],
  publicKeyPem: [TEXT, `${SEC}publicKeyPem`],

  aspectRatio: [NUMBER, `${PT}aspectRatio`],
  automaticallyGenerated: [BOOLEAN, `${PT}automaticallyGenerated`],
  canReply: [ANY, `${PT}canReply`],
  category: [ANY, `${SC}category`],
  commentsEnabled: [BOOLEAN, `${PT}commentsEnabled`],
  commentsPolicy: [NUMBER, `${PT}commentsPolicy`],
  downloadEnabled: [BOOLEAN, `${PT}downloadEnabled`],
  embedUrl: [ANY, `${SC}embedUrl`],
  // A View of PeerTube uses the term of security/v1, a CacheFile its own.
  expires: [TEXT, `${SC}expires`, `${SEC}expiration`],
  fps: [NUMBER, `${PT}fps`],
  hasParts: [ANY, `${SC}hasParts`],
  identifier: [TEXT, `${SC}identifier`],
  interactionType: [TEXT, `${SC}interactionType`],
  isLiveBroadcast: [BOOLEAN, `${SC}isLiveBroadcast`],
  language: [ANY, `${SC}inLanguage`],
  latencyMode: [NUMBER, `${PT}latencyMode`],
  licence: [ANY, `${SC}license`],
  liveSaveReplay: [BOOLEAN, `${PT}liveSaveReplay`],
  originallyPublishedAt: [TEXT, `${SC}datePublished`],
  permanentLive: [BOOLEAN, `${PT}permanentLive`],
  playlists: [ANY, `${PT}playlists`],
  postingRestrictedToMods: [BOOLEAN, `${LEMMY}postingRestrictedToMods`],
  replyApproval: [ANY, `${PT}replyApproval`],
  size: [NUMBER, `${PT}size`],
  state: [NUMBER, `${PT}state`],
  subtitleLanguage: [ANY, `${SC}subtitleLanguage`],
  support: [TEXT, `${PT}support`],
  tileDuration: [TEXT, `${PT}tileDuration`],
  tileHeight: [NUMBER, `${PT}tileHeight`],
  tileWidth: [NUMBER, `${PT}tileWidth`],
  userInteractionCount: [NUMBER, `${SC}userInteractionCount`],
  uuid: [TEXT, `${PT}uuid`],
  value: [TEXT, `${SC}value`],
  views: [NUMBER, `${PT}views`],
  waitTranscoding: [BOOLEAN, `${PT}waitTranscoding`],

  discoverable: [BOOLEAN, `${TOOT}discoverable`],
  indexable: [BOOLEAN, `${TOOT}indexable`],
} as const satisfies Record<string, readonly [TermKind, string, ...string[]]>;

export type Term = keyof typeof TERMS;

/** Vocabularies whose types have names of their own in ours. */
const TYPE_NAMESPACES = [AS, PT, SC, TOOT, SEC];

const BY_IRI: ReadonlyMap<string, { term: Term; kind: TermKind }> = new Map(
  Object.entries(TERMS).flatMap(([term, [kind, ...iris]]) =>
    iris.map((iri) => [iri, { term: term as Term, kind }] as const),
  ),
);

export const termOf = (iri: string): { term: Term; kind: TermKind } | undefined => BY_IRI.get(schemaOrg(iri));

/** `Create` for its IRI; undefined for a type of a vocabulary that we do not know. */
export function typeName(iri: string): string | undefined {
  const known = schemaOrg(iri);
  const namespace = TYPE_NAMESPACES.find((start) => known.startsWith(start));
  return namespace && known.slice(namespace.length);
}

/** Mastodon writes `http://schema.org#value` for what others call `http://schema.org/value`. */
const schemaOrg = (iri: string): string => iri.replace(/^https?:\/\/schema\.org[/#]/, SC);
