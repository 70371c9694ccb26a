import { hostOf } from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import type { VideoEntity } from '../videos/video.entity.js';

/**
 * Whether a video is the actor's, as it is stored here: the account's or the channel's that publishes it, on the video's own
 * host. What the activity says of its owner proves nothing. Channel, account and their actors must be loaded.
 */
export function owns({ id, url }: ActorEntity, video: VideoEntity): boolean {
  const { channel } = video;
  const owners = [channel?.actorId, channel?.account?.actorId];
  return owners.includes(id) && hostOf(url) === hostOf(video.url!);
}
