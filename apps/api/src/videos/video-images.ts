import type { VideoEntity } from './video.entity.js';

/** Port: takes images that an uploader chose. Answered by `media/`, which decodes and re-encodes them. */
export abstract class VideoImages {
  /** `images` by form field: `thumbnailfile`, `previewfile`. @throws UnsupportedMediaError naming the field. */
  abstract replace(video: VideoEntity, images: Record<string, Buffer>): Promise<void>;
}
