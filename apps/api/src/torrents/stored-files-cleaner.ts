import { Injectable, Logger } from '@nestjs/common';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';

/** Removes the stored files of deleted videos. */
@Injectable()
export class StoredFilesCleaner {
  private readonly logger = new Logger('Storage');

  constructor(
    private readonly storage: FileStorage,
    events: VideoEvents,
  ) {
    events.deleted.subscribe(({ stored }) => void this.remove(stored));
  }

  private async remove(
    stored: Array<{ area: Parameters<FileStorage['remove']>[0]; name: string }>,
  ): Promise<void> {
    for (const { area, name } of stored) {
      await this.storage
        .remove(area, name)
        .catch((error: Error) => this.logger.error(`${area}/${name} stays: ${error.message}`));
    }
  }
}
