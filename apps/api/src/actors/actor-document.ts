import type { ActorEntity } from './actor.entity.js';

/** What an actor's document says beyond its keys and addresses. */
export interface ActorProfile {
  name: string;
  summary: string | null;
  /** Markdown; channels only. */
  support?: string | null;
  /** ActivityPub id of the account that owns a channel. */
  owner?: string;
}

/**
 * The ActivityPub document of an actor of ours, without its context, as PeerTube's own look: `Application` for the instance,
 * `Person` for an account, `Group` for a channel, which must name the account that owns it.
 */
export function actorDocument(actor: ActorEntity, { name, summary, support, owner }: ActorProfile) {
  const { url, publicKey } = actor;
  return {
    type: actor.type,
    id: url,
    url,
    preferredUsername: actor.username,
    name,
    summary,
    published: actor.createdAt.toISOString(),
    inbox: actor.inboxUrl,
    outbox: actor.outboxUrl,
    followers: actor.followersUrl,
    following: `${url}/following`,
    playlists: `${url}/playlists`,
    endpoints: { sharedInbox: actor.sharedInboxUrl },
    publicKey: { id: `${url}#main-key`, owner: url, publicKeyPem: publicKey },
    ...(owner !== undefined && {
      support: support ?? null,
      postingRestrictedToMods: true,
      attributedTo: [{ type: 'Person', id: owner }],
    }),
  };
}
