import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import type { StorageArea } from '../storage/file-storage.js';

/** What a deleted video leaves behind. */
export interface VideoDeleted {
  videoId: number;
  uuid: string;
  filenames: string[];
  infoHashes: string[];
  /** Every stored file of it, to be removed. */
  stored: Array<{ area: StorageArea; name: string }>;
}

/** Facts about videos, told in this process after the change is committed. What caches them keeps a short life as well: other processes do not hear. */
@Injectable()
export class VideoEvents {
  readonly created = new Subject<{ videoId: number }>();
  /** Fields, privacy or state. */
  readonly updated = new Subject<{ videoId: number }>();
  readonly published = new Subject<{ videoId: number }>();
  readonly deleted = new Subject<VideoDeleted>();
}
