import type { VideoReference } from '@vidiverse/hooks';
import type { Config } from '../config/config.js';
import { videoUrl } from './video-object.mapper.js';
import type { VideoEntity } from './video.entity.js';

/** Enough of a video for a plugin to know it by. */
export const videoReference = (video: VideoEntity, config: Pick<Config, 'url'>): VideoReference => ({
  id: video.id,
  uuid: video.uuid,
  url: video.url ?? videoUrl(config, video),
  name: video.name,
  isLocal: !video.remote,
});
