import { Injectable } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { FileStorage } from '../storage/file-storage.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { FfmpegError } from './ffmpeg-error.js';
import { FfmpegRunner } from './ffmpeg-runner.service.js';
import { FfmpegTools } from './ffmpeg-tools.service.js';
import type { Making } from './file-maker.service.js';
import { ThumbnailService } from './thumbnail.service.js';

/** Where in the video the picture is taken, and where when there is none: parts of its length. */
const PLACES = [0.1, 0];
/** No larger than a preview needs, whatever the video is. */
const SCALE = "scale='min(1920,iw)':-2";

/** Takes a picture from the video for thumbnail and preview. */
@Injectable()
export class FrameGrabber {
  constructor(
    private readonly storage: FileStorage,
    private readonly tools: FfmpegTools,
    private readonly runner: FfmpegRunner,
    private readonly thumbnails: ThumbnailService,
  ) {}

  /** Gives the video the images that it lacks. Answers why it could not be a picture of the video, or null. */
  async fill(video: VideoEntity, making: Omit<Making, 'onProgress'>): Promise<string | null> {
    if (video.thumbnailFilename && video.previewFilename) return 'There is one already.';
    if (!(await this.tools.hasFfmpeg())) {
      await this.thumbnails.setPlaceholder(video);
      return 'This server cannot take a picture from a video; choose one yourself.';
    }
    await this.storage.removeTemporary(making.owner);
    const path = this.storage.temporaryPath('.jpg', making.owner);
    try {
      for (const place of PLACES) if (await this.grab(video, making, place, path)) return null;
    } finally {
      await rm(path, { force: true });
    }
    await this.thumbnails.setPlaceholder(video);
    return 'No picture could be taken from the video; choose one yourself.';
  }

  private async grab(
    video: VideoEntity,
    { info, input, signal }: Omit<Making, 'onProgress'>,
    place: number,
    path: string,
  ): Promise<boolean> {
    const before = ['-ss', (info.duration * place).toFixed(3)];
    const output = ['-map', '0:V:0', '-frames:v', '1', '-vf', SCALE, '-q:v', '2', '-f', 'image2'];
    try {
      // One picture is no matter of the video's length: the shortest time limit.
      await this.runner.run({
        info: { ...info, duration: 0 },
        input,
        before,
        output: [...output, '-update', '1', `file:${path}`],
        signal,
      });
      await this.thumbnails.setFromImage(video, path, { onlyMissing: true });
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FfmpegError || isNoImage(error)) return false;
      throw error;
    }
  }
}

const isNoImage = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'unsupported_image';
