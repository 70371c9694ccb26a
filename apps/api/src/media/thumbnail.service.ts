import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type Repository } from 'typeorm';
import { VideoTeller } from '../federation/video-teller.service.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoImages } from '../videos/video-images.js';
import { VideoEntity } from '../videos/video.entity.js';
import { derivedUuid } from './derived-uuid.js';
import { type ImageKind, plainPoster, reencode } from './images.js';

const KINDS: ImageKind[] = ['thumbnail', 'preview'];
const AREAS = { thumbnail: 'thumbnails', preview: 'previews' } as const;
const COLUMNS = { thumbnail: 'thumbnailFilename', preview: 'previewFilename' } as const;
const FIELDS: Record<string, ImageKind> = { thumbnailfile: 'thumbnail', previewfile: 'preview' };

interface ImageOptions {
  kinds?: ImageKind[];
  /** Named in the refusal. */
  field?: string;
  /** Leaves alone what is there, such as the uploader's choice. */
  onlyMissing?: boolean;
}

/** Thumbnails and previews: what comes in is decoded and written anew, so that nothing else of it survives. */
@Injectable()
export class ThumbnailService extends VideoImages {
  constructor(
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly storage: FileStorage,
    private readonly events: VideoEvents,
    private readonly teller: VideoTeller,
  ) {
    super();
  }

  async replace(video: VideoEntity, images: Record<string, Buffer>): Promise<void> {
    for (const [field, image] of Object.entries(images)) {
      const kind = FIELDS[field];
      if (kind) await this.setFromImage(video, image, { kinds: [kind], field });
    }
  }

  /** `image`: content or path. @throws UnsupportedMediaError naming `field` for anything but a JPEG, PNG or WebP image. */
  async setFromImage(video: VideoEntity, image: Buffer | string, options: ImageOptions = {}): Promise<void> {
    const { kinds = KINDS, field = 'image', onlyMissing = false } = options;
    for (const kind of kinds) await this.store(video, kind, await reencode(image, kind, field), onlyMissing);
  }

  /** A plain poster, until there is a picture. */
  async setPlaceholder(video: VideoEntity): Promise<void> {
    for (const kind of KINDS) await this.store(video, kind, await plainPoster(kind), true);
  }

  /** By compare and set: the uploader's image and the one of processing may come at once, and none may be left over. */
  private async store(
    video: VideoEntity,
    kind: ImageKind,
    content: Buffer,
    onlyMissing: boolean,
  ): Promise<void> {
    // Caches keep pictures for ever: another one gets another name. A try that died before its row was written gets the same.
    const filename = `${derivedUuid(video.uuid, kind, content)}.jpg`;
    const column = COLUMNS[kind];
    await this.storage.write(AREAS[kind], filename, content);
    for (;;) {
      const row = await this.videos.findOneBy({ id: video.id });
      const old = row?.[column] ?? null;
      if (old === filename) return;
      if (!row || (onlyMissing && old)) {
        await this.storage.remove(AREAS[kind], filename);
        return;
      }
      const unchanged = { id: video.id, [column]: old ?? IsNull() };
      const affected = await this.videos.manager.transaction(async (manager) => {
        const result = await manager.update(VideoEntity, unchanged, { [column]: filename });
        if (result.affected) await this.teller.changedSoon(manager, video.id);
        return result.affected;
      });
      if (!affected) continue;
      video[column] = filename;
      if (old) await this.storage.remove(AREAS[kind], old);
      this.events.updated.next({ videoId: video.id });
      return;
    }
  }
}
