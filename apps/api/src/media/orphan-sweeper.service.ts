import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type ObjectLiteral, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { Sweeper } from '../shared/sweeper.js';
import { FileStorage, type StorageArea } from '../storage/file-storage.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';

/** A file without a row is younger than this while its row is being written. */
const ABANDONED_AFTER_MS = 3600_000;
/** Names per statement. */
const BATCH = 500;
/** Names that processing gives; what others keep in the same areas is left alone. */
const OURS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-\d+)?\.(mp4|webm|torrent|jpg)$/;

/** Removes files whose row was never written or is gone: a process died between the two. Originals are swept with the uploads. */
@Injectable()
export class OrphanSweeper extends Sweeper {
  protected readonly logger = new Logger('Storage');

  constructor(
    private readonly config: Config,
    private readonly storage: FileStorage,
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
  ) {
    super();
  }

  protected interval(): number | null {
    return this.config.roles.includes('worker') ? this.config.media.sweepInterval * 1000 : null;
  }

  /** Removes what has been temporary or without a row since `abandonedBefore` (milliseconds). Answers how many files had no row. */
  async sweep(abandonedBefore = Date.now() - ABANDONED_AFTER_MS): Promise<number> {
    await this.storage.removeTemporaryBefore(abandonedBefore);
    return (
      (await this.sweepArea('web-videos', this.files, 'filename', abandonedBefore)) +
      (await this.sweepArea('torrents', this.files, 'torrentFilename', abandonedBefore)) +
      (await this.sweepArea('thumbnails', this.videos, 'thumbnailFilename', abandonedBefore)) +
      (await this.sweepArea('previews', this.videos, 'previewFilename', abandonedBefore))
    );
  }

  private async sweepArea<Row extends ObjectLiteral>(
    area: StorageArea,
    rows: Repository<Row>,
    column: string & keyof Row,
    before: number,
  ): Promise<number> {
    const names = (await this.storage.list(area)).filter((name) => OURS.test(name));
    let removed = 0;
    for (let start = 0; start < names.length; start += BATCH) {
      const batch = names.slice(start, start + BATCH);
      const known = await rows
        .createQueryBuilder('row')
        .select(`row.${column}`, 'name')
        .where({ [column]: In(batch) })
        .getRawMany<{ name: string }>();
      const kept = new Set(known.map(({ name }) => name));
      for (const name of batch) {
        if (kept.has(name) || !(await this.isOlder(area, name, before))) continue;
        await this.storage.remove(area, name);
        removed += 1;
      }
    }
    return removed;
  }

  private async isOlder(area: StorageArea, name: string, before: number): Promise<boolean> {
    const file = await this.storage.open(area, name);
    await file?.close();
    return file !== null && file.modifiedAt.getTime() < before;
  }
}
