import { Injectable, Logger } from '@nestjs/common';
import { HookRegistry, transcodingProfileChosen } from '@vidiverse/hooks';
import { Config } from '../config/config.js';
import { transcodingSchema } from '../config/sections/media.js';
import { videoReference } from '../videos/video-reference.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { type MediaInfo, uploadedMedia } from './media-info.js';

export type Transcoding = Config['media']['transcoding'];

/** How a video is encoded: as configured, or as plugins want it for this one. */
@Injectable()
export class TranscodingProfiles {
  private readonly logger = new Logger('Hooks');

  constructor(
    private readonly config: Config,
    private readonly registry: HookRegistry,
  ) {}

  async of(video: VideoEntity, info: MediaInfo): Promise<Transcoding> {
    const { transcoding } = this.config.media;
    if (!this.registry.hasHandlers(transcodingProfileChosen)) return transcoding;
    const { enabled, ...profile } = transcoding;
    // A copy of what is shared, since plugins get it frozen.
    const given = { ...profile, resolutions: [...profile.resolutions] };
    const context = { video: videoReference(video, this.config), media: uploadedMedia(info) };
    const answer = await this.registry.filter(transcodingProfileChosen, given, context);
    const { success, data, error } = transcodingSchema.safeParse({ ...answer, enabled });
    if (success) return data;
    const [issue] = error.issues;
    const where = `${issue?.path.join('.')} ${issue?.message}`;
    this.logger.warn(`hook ${transcodingProfileChosen.name}: an answer is not used: ${where}`);
    return transcoding;
  }
}
