import type { ActorEntity } from '../actors/actor.entity.js';
import type { Config } from '../config/config.js';
import type { Activity } from '../federation/activities.js';
import type { AbuseEntity } from './abuse.entity.js';

/** A report of one of our users for the instance that it concerns, in PeerTube's form; only those concerned are named. */
export const flagActivity = (
  { url }: Pick<Config, 'url'>,
  { id, reason, predefinedReasons }: AbuseEntity,
  reporter: Pick<ActorEntity, 'url'>,
  flagged: Pick<ActorEntity, 'url'>,
  reportedUrl: string,
): Activity => ({
  to: [flagged.url],
  cc: [],
  type: 'Flag',
  id: `${url}/admin/abuses/${id}`,
  actor: reporter.url,
  content: reason,
  mediaType: 'text/markdown',
  object: reportedUrl,
  tag: predefinedReasons.map((name) => ({ type: 'Hashtag', name })),
});
