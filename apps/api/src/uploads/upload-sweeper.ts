import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEntity } from '../videos/video.entity.js';
import { ResumableUploads } from './resumable-uploads.service.js';
import { SessionFiles } from './session-files.js';
import { UploadSessions } from './upload-sessions.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A file without a row is younger than this while its upload is being written down. */
const ABANDONED_AFTER_MS = 3600_000;

/** Removes uploads that were given up, and files that a killed process left without a row. */
@Injectable()
export class UploadSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(UploadSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly uploads: ResumableUploads,
    private readonly sessions: UploadSessions,
    private readonly files: SessionFiles,
    private readonly storage: FileStorage,
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
  ) {}

  onApplicationBootstrap(): void {
    const run = () => {
      this.sweeping = this.sweep()
        .catch((error: Error) => this.logger.error(`Sweeping uploads failed: ${error.stack}`))
        .finally(() => {
          if (this.timer) this.timer = setTimeout(run, this.config.uploads.sweepInterval * 1000).unref();
        });
    };
    this.timer = setTimeout(run, this.config.uploads.sweepInterval * 1000).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    for (const session of await this.sessions.expired()) await this.uploads.discard(session);
    const abandonedBefore = Date.now() - ABANDONED_AFTER_MS;
    for (const id of await this.files.idsOlderThan(abandonedBefore)) {
      if (!(await this.sessions.exists(id))) await this.files.removeWaiting(id);
    }
    for (const name of await this.storage.list('originals')) {
      if (UUID.test(name) && (await this.isAbandoned(name, abandonedBefore)))
        await this.storage.remove('originals', name);
    }
  }

  /** An original is its video's or its open session's. */
  private async isAbandoned(name: string, before: number): Promise<boolean> {
    if (await this.videos.existsBy({ originalFilename: name })) return false;
    if (await this.sessions.exists(name)) return false;
    const file = await this.storage.open('originals', name);
    await file?.close();
    return file !== null && file.modifiedAt.getTime() < before;
  }
}
