import type { ActorEntity } from '../actors/actor.entity.js';

/** The collection that stands for everybody. */
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

/** Who an activity is meant for: ids of actors and collections. */
export interface Recipients {
  to: string[];
  cc: string[];
}

/** An activity before it is signed; its context is added when it is sent. */
export interface Activity extends Partial<Recipients> {
  type: string;
  id: string;
  actor: string;
  object: unknown;
  [extra: string]: unknown;
}

type Author = Pick<ActorEntity, 'url' | 'followersUrl'>;

/** Everybody may see it, and the followers of these actors are told. */
export const toPublic = (...authors: Author[]): Recipients => ({
  to: [PUBLIC],
  cc: authors.flatMap(({ followersUrl }) => followersUrl ?? []),
});

/**
 * Everybody who has the link may see it. PeerTube takes any object with somebody in `to` for public, so that `to` stays empty.
 */
export const toWhoHasTheLink = (): Recipients => ({ to: [], cc: [PUBLIC] });

export const create = (
  { url }: Author,
  object: { id: string } & Record<string, unknown>,
  recipients: Recipients,
): Activity => ({ ...recipients, type: 'Create', id: `${object.id}/activity`, actor: url, object });

/** `at` tells one version from another: the id differs for each. */
export const update = (
  { url }: Author,
  object: { id: string } & Record<string, unknown>,
  recipients: Recipients,
  at: Date,
): Activity => ({
  ...recipients,
  type: 'Update',
  id: `${object.id}/updates/${at.toISOString()}`,
  actor: url,
  object,
});

/** `at` is when it ended: what was told before and arrives later brings nothing back, what is told after does. */
export const remove = (
  { url }: Author,
  objectId: string,
  recipients: Recipients,
  at = new Date(),
): Activity => ({
  ...recipients,
  type: 'Delete',
  id: `${objectId}/delete`,
  actor: url,
  published: at.toISOString(),
  object: objectId,
});

/** `announcerId` is the database id of the announcing actor, as in PeerTube's ids. */
export const announce = (
  actor: Author,
  objectId: string,
  announcerId: number,
  recipients: Recipients,
): Activity => ({
  ...recipients,
  type: 'Announce',
  id: `${objectId}/announces/${announcerId}`,
  actor: actor.url,
  object: objectId,
});

export const follow = ({ url }: Author, id: string, targetUrl: string): Activity => ({
  type: 'Follow',
  id,
  actor: url,
  object: targetUrl,
});

/** `followId` is the database id of the follow. Peers look for the whole Follow in the answer. */
export const accept = (base: string, actor: Author, followId: number, followed: Activity): Activity => ({
  type: 'Accept',
  id: `${base}/accepts/follows/${followId}`,
  actor: actor.url,
  object: followed,
});

export const reject = (base: string, actor: Author, followId: number, followed: Activity): Activity => ({
  type: 'Reject',
  id: `${base}/rejects/follows/${followId}`,
  actor: actor.url,
  object: followed,
});

export const undo = ({ url }: Author, undone: Activity): Activity => ({
  ...(undone.to && { to: undone.to, cc: undone.cc }),
  type: 'Undo',
  id: `${undone.id}/undo`,
  actor: url,
  object: undone,
});
