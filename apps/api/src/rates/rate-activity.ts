import type { ActorEntity } from '../actors/actor.entity.js';
import type { Activity } from '../federation/activities.js';
import type { Rate, VideoRateEntity } from './video-rate.entity.js';

const TYPES: Record<Rate, 'Like' | 'Dislike'> = { like: 'Like', dislike: 'Dislike' };

/** By which our account says what it thinks; for whose video it is, as in PeerTube. */
export const rateActivity = (
  { id, type }: Pick<VideoRateEntity, 'id' | 'type'>,
  author: Pick<ActorEntity, 'url'>,
  videoUrl: string,
  owner: Pick<ActorEntity, 'url'>,
): Activity => ({
  to: [owner.url],
  cc: [],
  type: TYPES[type],
  id: `${author.url}/${type}s/${id}`,
  actor: author.url,
  object: videoUrl,
});
