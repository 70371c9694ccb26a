import { Injectable } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { FileStorage } from '../storage/file-storage.js';
import { canRemux, encodeArguments, remuxArguments, remuxWebmArguments, staysWebm } from './encoding.js';
import { FfmpegRunner } from './ffmpeg-runner.service.js';
import { FfmpegTools } from './ffmpeg-tools.service.js';
import { remuxWithLibrary } from './library-remux.js';
import { type MediaInfo, resolutionOf } from './media-info.js';
import { MediaInspector } from './media-inspector.js';
import type { Transcoding } from './transcoding-profiles.service.js';

export interface Making {
  /** The original on the local disk. */
  input: string;
  info: MediaInfo;
  /** How it is encoded, where it is. */
  transcoding: Transcoding;
  /** Names the temporary files of this work, so that the next try removes them. */
  owner: string;
  signal: AbortSignal;
  /** 0 to 100. */
  onProgress: (percent: number) => void;
}

export type Extension = 'mp4' | 'webm';

/** A playable file that was made and waits at a temporary path. */
export interface MadeFile {
  path: string;
  extension: Extension;
  /** What it was made for: 720 for 720p. */
  resolution: number;
  /** What a look inside says. */
  info: MediaInfo;
}

/** Makes the files that are served: the original's tracks as they are where browsers play them, encoded anew where not. */
@Injectable()
export class FileMaker {
  constructor(
    private readonly storage: FileStorage,
    private readonly tools: FfmpegTools,
    private readonly runner: FfmpegRunner,
    private readonly inspector: MediaInspector,
  ) {}

  /** The file in the original's own resolution. Never a mere copy: what else the original carries (places, names) stays out. */
  async main(making: Making): Promise<MadeFile> {
    const { info } = making;
    const resolution = resolutionOf(info);
    const webm = staysWebm(info);
    if (!(await this.tools.hasFfmpeg()))
      return this.made(making, resolution, webm ? 'webm' : 'mp4', (path) =>
        remuxWithLibrary({ ...making, output: path, webm }),
      );
    if (webm) return this.ffmpeg(making, resolution, remuxWebmArguments(), 'webm');
    if (canRemux(info)) return this.ffmpeg(making, resolution, remuxArguments());
    return this.rendition(making, resolution);
  }

  /** H.264 whose shorter side is `resolution`. */
  rendition(making: Making, resolution: number): Promise<MadeFile> {
    return this.ffmpeg(making, resolution, encodeArguments(making.info, resolution, making.transcoding));
  }

  private ffmpeg(
    making: Making,
    resolution: number,
    output: string[],
    extension: Extension = 'mp4',
  ): Promise<MadeFile> {
    return this.made(making, resolution, extension, (path) =>
      this.runner.run({ ...making, output: [...output, `file:${path}`] }),
    );
  }

  private async made(
    { owner }: Making,
    resolution: number,
    extension: Extension,
    write: (path: string) => Promise<void>,
  ): Promise<MadeFile> {
    await this.storage.removeTemporary(owner);
    const path = this.storage.temporaryPath(`.${extension}`, owner);
    try {
      await write(path);
      return { path, extension, resolution, info: await this.inspector.inspect(path) };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}
