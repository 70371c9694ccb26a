import { Injectable } from '@nestjs/common';
import { downloadRequested, HookRegistry, videoShown } from '@vidiverse/hooks';
import { Config } from '../config/config.js';
import { assertAllowed } from '../shared/plugin-refusal.js';
import type { UserEntity } from '../users/user.entity.js';
import { viewerOf } from '../users/viewer.js';
import type { VideoDetailsView } from './dto/video-view.js';
import { videoReference } from './video-reference.js';
import type { VideoEntity } from './video.entity.js';
import { VideoMapper } from './video.mapper.js';

/** A file that somebody downloads. */
export interface DownloadedFile {
  filename: string;
  mediaType: string;
  /** Height in pixels. */
  resolution: number;
  video: VideoEntity;
}

/** Where a single video is shown or downloaded, plugins have a say. */
@Injectable()
export class VideoHooks {
  constructor(
    private readonly registry: HookRegistry,
    private readonly config: Config,
    private readonly mapper: VideoMapper,
  ) {}

  /** The JSON of a video that the user may see, as plugins make it. */
  async show(video: VideoEntity, user: UserEntity | null): Promise<VideoDetailsView> {
    const details = await this.mapper.details(video);
    if (!this.registry.hasHandlers(videoShown)) return details;
    return (await this.registry.filter(videoShown, details, { viewer: viewerOf(user) })) as VideoDetailsView;
  }

  /** @throws PluginRefusalError */
  async assertDownloadable(
    { filename, resolution, mediaType, video }: DownloadedFile,
    user: UserEntity | null,
  ): Promise<void> {
    if (!this.registry.hasHandlers(downloadRequested)) return;
    const subject = {
      viewer: viewerOf(user),
      video: videoReference(video, this.config),
      file: { name: filename, resolution, mediaType },
    };
    assertAllowed(await this.registry.guard(downloadRequested, subject));
  }
}
