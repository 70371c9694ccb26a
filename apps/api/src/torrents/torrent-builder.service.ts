import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createTorrent } from '@vidiverse/torrent';
import { parse } from 'node:path';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { VideoTeller } from '../federation/video-teller.service.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoFileMapper } from '../videos/video-file.mapper.js';
import { TorrentHooks } from './torrent-hooks.service.js';

/** Makes the .torrent of a finished file and notes its info hash. */
@Injectable()
export class TorrentBuilder {
  constructor(
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
    private readonly storage: FileStorage,
    private readonly config: Config,
    private readonly addresses: VideoFileMapper,
    private readonly teller: VideoTeller,
    private readonly hooks: TorrentHooks,
  ) {}

  /** Also for closed videos, which have one ready when they open; nobody gets it before. The same file gives the same torrent. */
  async build(file: VideoFileEntity): Promise<void> {
    const copy = await this.storage.localCopy('web-videos', file.filename);
    try {
      const { infoHash, content } = await createTorrent({
        path: copy.path,
        name: file.filename,
        size: file.size,
        createdAt: file.createdAt,
        largePieceFrom: this.config.torrent.largePieceFrom,
        ...(await this.hooks.sources(file, {
          trackers: this.addresses.trackerUrls().toReversed(),
          webSeeds: [`${this.config.url}/static/web-videos/${file.filename}`],
        })),
      });
      const torrentFilename = `${parse(file.filename).name}.torrent`;
      await this.storage.write('torrents', torrentFilename, content);
      Object.assign(file, { infoHash, torrentFilename });
      await this.files.manager.transaction(async (manager) => {
        await manager.update(VideoFileEntity, { id: file.id }, { infoHash, torrentFilename });
        await this.teller.changedSoon(manager, file.videoId);
      });
    } finally {
      await copy.release();
    }
  }
}
