import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { withMoreSeeds } from '@vidiverse/torrent';
import { createHash } from 'node:crypto';
import type { Repository } from 'typeorm';
import { SeedLists } from '../seeds/seed-lists.service.js';
import { NotFoundError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import { isTold } from '../videos/video-access.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { OPEN_VIDEO } from './open-video.js';
import { readWhole } from './read-whole.js';

/** A .torrent and the name a download of it gets. */
export interface ServableTorrent {
  content: Buffer;
  /** Quoted; another one for other bytes. */
  etag: string;
  title: string;
  resolution: number;
}

/** Torrents of open, published videos, with the WebSeeds of this moment. */
@Injectable()
export class TorrentAccess {
  constructor(
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
    private readonly storage: FileStorage,
    private readonly seeds: SeedLists,
  ) {}

  /** @throws NotFoundError also for the torrent of a closed video. */
  async find(torrentFilename: string): Promise<ServableTorrent> {
    const file = await this.files.findOne({
      where: { torrentFilename, video: OPEN_VIDEO },
      relations: { video: true, webSeeds: true },
    });
    const stored = file && (await readWhole(this.storage, 'torrents', torrentFilename));
    if (!stored) throw new NotFoundError('Torrent');
    const content = await this.withCopies(stored, file);
    const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`;
    return { content, etag, title: file.video!.name, resolution: file.resolution };
  }

  /** As it was made while there are no copies: the same bytes at every build. */
  private async withCopies(stored: Buffer, file: VideoFileEntity): Promise<Buffer> {
    const copies = isTold(file.video!) ? await this.seeds.of(file.video!.uuid, file) : [];
    return copies.length === 0 ? stored : withMoreSeeds(stored, copies);
  }
}
