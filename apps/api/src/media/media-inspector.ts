import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { UnprocessableError, UnsupportedMediaError } from '../shared/domain-error.js';
import { demuxerOf, isReadByLibrary } from './containers.js';
import { FfmpegRunner } from './ffmpeg-runner.service.js';
import { FfmpegTools } from './ffmpeg-tools.service.js';
import { probeWithFfprobe } from './ffprobe.js';
import { probeWithLibrary } from './library-probe.js';
import type { MediaInfo } from './media-info.js';
import { assertLayout, assertWithinLimits } from './media-limits.js';
import { mp4Layout } from './mp4-atoms.js';

/** Says what a file is, by its content; the name is not asked. */
@Injectable()
export class MediaInspector {
  constructor(
    private readonly config: Config,
    private readonly tools: FfmpegTools,
    private readonly runner: FfmpegRunner,
  ) {}

  /**
   * @throws UnsupportedMediaError (415) for what is no video we take (a playlist, an archive, a page, ...)
   * @throws UnprocessableError (422) for a video that is broken, beyond a limit, or cannot be played here
   */
  async inspect(path: string): Promise<MediaInfo> {
    const { fileTypeFromFile } = await import('file-type');
    const detected = await fileTypeFromFile(path).catch(() => undefined);
    const demuxer = demuxerOf(detected?.ext);
    if (!demuxer || !detected)
      throw new UnsupportedMediaError(
        `This is no video file that can be taken (${detected?.mime ?? 'unknown content'}).`,
      );
    const ffmpeg = await this.tools.hasFfmpeg();
    if (!ffmpeg && !isReadByLibrary(demuxer)) {
      throw new UnsupportedMediaError(
        `${detected.mime} needs ffmpeg, which this server does not have. Upload MP4 (H.264, AAC) or WebM.`,
      );
    }
    const info = await this.probe(path, demuxer, detected.mime, ffmpeg);
    assertWithinLimits(info, this.config.media.limits);
    if (!ffmpeg && !info.webReady) {
      throw new UnprocessableError(
        `Browsers cannot play ${info.videoCodec}${info.audioCodec ? ` with ${info.audioCodec}` : ''}, and this server has no ffmpeg to convert it. Upload MP4 (H.264, AAC) or WebM.`,
        'not_playable',
      );
    }
    return info;
  }

  private async probe(path: string, demuxer: string, mime: string, ffmpeg: boolean): Promise<MediaInfo> {
    const withFfprobe = () => probeWithFfprobe(this.runner, path, demuxer, mime);
    if (!isReadByLibrary(demuxer)) return withFfprobe();
    if (demuxer === 'mov') assertLayout(await mp4Layout(path), this.config.media.limits);
    try {
      return await probeWithLibrary(path, demuxer);
    } catch (error) {
      // What the library cannot read, ffmpeg may still be able to convert.
      if (ffmpeg && error instanceof UnprocessableError && error.code === 'unreadable_media')
        return withFfprobe();
      throw error;
    }
  }
}
