import { Injectable, Logger } from '@nestjs/common';
import { copyFile, readFile } from 'node:fs/promises';
import { UnsupportedMediaError } from '../shared/domain-error.js';
import { VideoImages } from '../videos/video-images.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { SessionFiles } from './session-files.js';

const FIELDS = ['thumbnailfile', 'previewfile'] as const;
const FORMATS = new Set(['jpeg', 'png', 'webp']);
const MAX_PIXELS = 50_000_000;

/** Images that came with an upload, on the local disk, by form field. */
export type ImagePaths = Partial<Record<(typeof FIELDS)[number], string>>;

/** The pictures that an uploader chose. Without any, processing takes one from the video. */
@Injectable()
export class UploadImages {
  private readonly logger = new Logger(UploadImages.name);

  constructor(
    private readonly files: SessionFiles,
    private readonly images: VideoImages,
  ) {}

  /** Picks them out of the files of a form. */
  pathsIn(files: ReadonlyMap<string, { path: string }> | undefined): ImagePaths {
    return Object.fromEntries(FIELDS.map((field) => [field, files?.get(field)?.path]));
  }

  /** @throws UnsupportedMediaError naming the field, when one is no JPEG, PNG or WebP, by its content */
  async check(images: ImagePaths): Promise<void> {
    for (const field of FIELDS) {
      const path = images[field];
      if (path === undefined) continue;
      // Loaded when needed: it is the heaviest of our packages.
      const { default: sharp } = await import('sharp');
      const format = await sharp(path, { limitInputPixels: MAX_PIXELS })
        .metadata()
        .then(
          (found) => found.format,
          () => undefined,
        );
      if (!format || !FORMATS.has(format)) {
        throw new UnsupportedMediaError(
          `${field} is no JPEG, PNG or WebP image of at most ${MAX_PIXELS} pixels.`,
        );
      }
    }
  }

  /** Keeps them beside the bytes of a resumable upload. */
  async keepFor(session: { id: string }, images: ImagePaths): Promise<void> {
    for (const field of FIELDS) {
      const path = images[field];
      if (path !== undefined) await copyFile(path, this.files.imagePath(session, field));
    }
  }

  /** Where the images of a resumable upload would stand. */
  keptFor(session: { id: string }): ImagePaths {
    return Object.fromEntries(FIELDS.map((field) => [field, this.files.imagePath(session, field)]));
  }

  /** Gives the video its images. Those that cannot be used are left out: the video stands already. */
  async apply(video: VideoEntity, paths: ImagePaths): Promise<void> {
    const images: Record<string, Buffer> = {};
    for (const field of FIELDS) {
      const path = paths[field];
      const image = path === undefined ? null : await readFile(path).catch(() => null);
      if (image) images[field] = image;
    }
    if (Object.keys(images).length === 0) return;
    await this.images.replace(video, images).catch((error: Error) => {
      this.logger.warn(`The images that came with video ${video.uuid} cannot be used: ${error.message}`);
    });
  }
}
