import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RemoteClient, RemoteError } from '@vidiverse/federation';
import { join } from 'node:path';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { type ImageKind, reencode } from '../media/images.js';
import { DomainError, NotFoundError, UnavailableError } from '../shared/domain-error.js';
import { ShortCache } from '../torrents/short-cache.js';
import { remoteImageName } from '../videos/image-paths.js';
import { VideoEntity } from '../videos/video.entity.js';
import { BoundedFolder } from './bounded-folder.js';

const NAME = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-[\da-f]{16}\.jpg$/;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];
/** Fetched and decoded at once: each holds a picture in memory. */
const MAX_AT_ONCE = 8;
const MAX_WAITING = 200;
/** A picture that was not had is not asked for again in this time. */
const FAILED_FOR_MS = 60_000;
const MAX_FAILED = 1000;

/**
 * Images of remote videos, fetched by this instance so that viewers tell nobody else what they look at. They are decoded and
 * written anew, and kept in a folder that does not grow beyond its bound.
 */
@Injectable()
export class RemoteImages {
  private readonly logger = new Logger('Images');
  private readonly folders: Record<ImageKind, BoundedFolder>;
  private readonly underWay = new Map<string, Promise<Buffer>>();
  private readonly failed = new ShortCache<true>(FAILED_FOR_MS, MAX_FAILED);
  private readonly waiting: Array<() => void> = [];
  private working = 0;

  constructor(
    private readonly config: Config,
    private readonly client: RemoteClient,
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
  ) {
    const folder = (kind: ImageKind) =>
      new BoundedFolder(
        join(config.data, 'cache', `remote-${kind}s`),
        config.federation.videos.imageCache / 2,
      );
    this.folders = { thumbnail: folder('thumbnail'), preview: folder('preview') };
  }

  /** @throws NotFoundError for a name that no video's image has, or that its instance does not give. */
  async get(kind: ImageKind, name: string): Promise<Buffer> {
    const [, uuid] = NAME.exec(name) ?? [];
    if (!uuid || this.failed.get(`${kind} ${name}`)) throw new NotFoundError('Image');
    return (await this.folders[kind].read(name)) ?? this.once(kind, name, uuid);
  }

  private once(kind: ImageKind, name: string, uuid: string): Promise<Buffer> {
    const key = `${kind} ${name}`;
    const known = this.underWay.get(key);
    if (known) return known;
    const made = this.make(kind, name, uuid).finally(() => this.underWay.delete(key));
    this.underWay.set(key, made);
    return made;
  }

  private async make(kind: ImageKind, name: string, uuid: string): Promise<Buffer> {
    const video = await this.videos.findOneBy({ uuid, remote: true });
    const url = kind === 'thumbnail' ? video?.thumbnailUrl : video?.previewUrl;
    if (!url || remoteImageName(uuid, url) !== name) throw new NotFoundError('Image');
    await this.enter();
    try {
      const maxBytes = this.config.federation.videos.maxImageSize;
      const { bytes } = await this.client.getBytes(url, { maxBytes, types: TYPES });
      const image = await reencode(bytes, kind, 'image');
      await this.folders[kind].write(name, image);
      return image;
    } catch (error) {
      if (!(error instanceof RemoteError) && !(error instanceof DomainError)) throw error;
      this.logger.debug(`${url}: ${error.message}`);
      this.failed.set(`${kind} ${name}`, true);
      throw new NotFoundError('Image');
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.working < MAX_AT_ONCE) {
      this.working += 1;
      return;
    }
    if (this.waiting.length >= MAX_WAITING)
      throw new UnavailableError('Too many images are asked for at once.');
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Whoever waits takes the place. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.working -= 1;
  }
}
