import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { JobQueue } from '../jobs/job-queue.js';
import { MediaInspector } from '../media/media-inspector.js';
import { processVideo } from '../media/process-video.job.js';
import { UnprocessableError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import { QuotaService } from '../users/quota.service.js';
import type { UserEntity } from '../users/user.entity.js';
import type { VideoAttributes } from '../videos/dto/video-attributes.js';
import { VideoCreator } from '../videos/video-creator.service.js';
import { VideoEvents } from '../videos/video-events.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { assertSelfContained } from './self-contained.js';
import { UploadHooks } from './upload-hooks.service.js';

/** A file that has arrived whole and waits to become a video. */
export interface ArrivedFile {
  user: UserEntity;
  attributes: VideoAttributes;
  /** Name in the storage area `originals`, made by us: the id of the upload session, or a random UUID. */
  name: string;
  /** Bytes. */
  size: number;
}

/** Wraps what happens in the transaction: it may find that the video exists already and not call `create`. */
export type AcceptanceStep = (
  manager: EntityManager,
  create: () => Promise<VideoEntity>,
) => Promise<VideoEntity>;

/** Where every upload ends: a checked file in `originals`, and a video with its job, or nothing at all. */
@Injectable()
export class UploadAcceptance {
  constructor(
    private readonly dataSource: DataSource,
    private readonly inspector: MediaInspector,
    private readonly storage: FileStorage,
    private readonly quotas: QuotaService,
    private readonly creator: VideoCreator,
    private readonly queue: JobQueue,
    private readonly events: VideoEvents,
    private readonly hooks: UploadHooks,
  ) {}

  /**
   * Refuses what would be refused in the end anyway, before its bytes are sent. `bytes` may be a lower bound.
   * @throws TooLargeError `quota_reached`, InvalidInputError for a channel that is none of the user's
   */
  async assertWelcome(
    user: UserEntity,
    bytes: number,
    { channelId, manager }: { channelId?: number; manager?: EntityManager } = {},
  ): Promise<void> {
    if (!manager) {
      return this.dataSource.transaction((own) =>
        this.assertWelcome(user, bytes, { channelId, manager: own }),
      );
    }
    if (channelId !== undefined) await this.creator.assertOwnChannel(manager, user, channelId);
    await this.quotas.assertFits(user, bytes, manager);
  }

  /**
   * Looks into the file, whatever its name says, and moves it from `path` into `originals`.
   * @throws UnsupportedMediaError (415), UnprocessableError (422) or PluginRefusalError (403), with the reason; the file
   * stays at `path`
   */
  async takeIn(file: ArrivedFile, path: string): Promise<void> {
    const { name, size } = file;
    if (size === 0) throw new UnprocessableError('The file is empty.', 'empty_file');
    const info = await this.inspector.inspect(path);
    await assertSelfContained(path);
    await this.hooks.assertWelcome(file, info);
    await this.storage.moveIn('originals', name, path);
  }

  /** Quota, row and job in one transaction. The file in `originals` is left to the caller when it throws. */
  async commit(
    { user, attributes, name, size }: ArrivedFile,
    step: AcceptanceStep = (_, create) => create(),
  ) {
    let isNew = false;
    const video = await this.dataSource.transaction((manager) =>
      step(manager, async () => {
        // An upload session counts as the bytes it announced, until it is this video.
        await this.quotas.assertFits(user, size, manager, { exceptSession: name });
        const created = await this.creator.create(manager, {
          user,
          attributes,
          originalFilename: name,
          originalSize: size,
        });
        await this.queue.add(processVideo, { videoId: created.id }, { manager });
        isNew = true;
        return created;
      }),
    );
    if (isNew) this.events.created.next({ videoId: video.id });
    return video;
  }
}
