import { hashUrl } from '../shared/hash-url.js';
import type { ActorEntity } from './actor.entity.js';

/** The kinds of actors an instance has, each under the path where PeerTube has it. */
export type LocalActorKind = 'account' | 'channel';

/** Name of the instance actor: peers look for it, and follow back only an instance that is called so. */
export const INSTANCE_ACTOR = 'peertube';

const FOLDERS: Record<LocalActorKind, string> = { account: 'accounts', channel: 'video-channels' };

/** The addresses of an actor of this instance, which follow from its kind and name. */
export function localActorUrls(
  base: string,
  kind: LocalActorKind,
  username: string,
): Pick<ActorEntity, 'url' | 'urlHash' | 'inboxUrl' | 'sharedInboxUrl' | 'outboxUrl' | 'followersUrl'> {
  const url = `${base}/${FOLDERS[kind]}/${username}`;
  return {
    url,
    urlHash: hashUrl(url),
    inboxUrl: `${url}/inbox`,
    sharedInboxUrl: `${base}/inbox`,
    outboxUrl: `${url}/outbox`,
    followersUrl: `${url}/followers`,
  };
}
