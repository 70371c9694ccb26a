import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { withSources } from '@vidiverse/torrent';
import type { FindOptionsWhere, Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { SeedLists } from '../seeds/seed-lists.service.js';
import { NotFoundError } from '../shared/domain-error.js';
import { isFileName, type ServableFile, servableFiles } from '../torrents/servable-file.js';
import { isOpen } from '../videos/video-access.js';
import { VideoState } from '../videos/video.entity.js';
import { CachedFileEntity } from './cached-file.entity.js';
import { CopyFiles } from './copy-files.service.js';
import { copyUrls } from './copy-urls.js';

/** Copies as they are served: whole ones, of videos that whoever has the link may see. */
@Injectable()
export class CopyAccess {
  private readonly cache = servableFiles();

  constructor(
    @InjectRepository(CachedFileEntity) private readonly copies: Repository<CachedFileEntity>,
    private readonly config: Config,
    private readonly files: CopyFiles,
    private readonly seeds: SeedLists,
  ) {}

  /** @throws NotFoundError */
  async file(filename: string): Promise<ServableFile> {
    const known = this.cache.get(filename);
    if (known) return known;
    const { mediaType, resolution, videoFile } = await this.find({ filename });
    const video = videoFile.video!;
    const file: ServableFile = { filename, area: 'redundancy', mediaType, resolution, video, open: true };
    this.cache.set(filename, file);
    return file;
  }

  /** The torrent of a copy, whose first WebSeed is the copy. @throws NotFoundError */
  async torrent(torrentFilename: string): Promise<Buffer> {
    const copy = await this.find({ torrentFilename });
    const content = await this.files.torrent(copy);
    if (!content) throw new NotFoundError('Torrent');
    const { fileUrl, webSeeds, trackers } = copy.videoFile.remoteSources!;
    const others = await this.seeds.of(copy.videoFile.video!.uuid, copy.videoFile);
    const seeds = new Set([copyUrls(this.config.url, copy).fileUrl, fileUrl, ...webSeeds, ...others]);
    return withSources(content, { trackers, webSeeds: [...seeds] });
  }

  /** What is kept of what the origin says of the video. @throws NotFoundError */
  async document(filename: string): Promise<Buffer> {
    const copy = await this.find({ torrentFilename: filename.replace(/\.json$/, '.torrent') });
    const content = await this.files.document(copy);
    if (!content) throw new NotFoundError('Document');
    return content;
  }

  private async find(where: { filename: string } | { torrentFilename: string }) {
    const [name] = Object.values(where) as [string];
    const row =
      isFileName(name) &&
      (await this.copies.findOne({
        where: { ...where, state: 'cached' } as FindOptionsWhere<CachedFileEntity>,
        relations: { videoFile: { video: true, webSeeds: true } },
      }));
    const file = row ? row.videoFile : null;
    if (!row || !file?.video || !isOpen(file.video.privacy) || file.video.state !== VideoState.Published)
      throw new NotFoundError('File');
    return Object.assign(row, { videoFile: file });
  }
}
