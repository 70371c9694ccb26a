import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, IsNull, LessThan, MoreThan, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { NotFoundError, TooManyRequestsError } from '../shared/domain-error.js';
import { UserEntity } from '../users/user.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import type { ResumableStart } from './dto/resumable-start.js';
import { UploadSessionEntity } from './upload-session.entity.js';

const RETRY_AFTER_SECONDS = 60;
const MAX_TIMER_MS = 3600_000;

/** The rows of resumable uploads. They belong to one user; to all others they do not exist. */
@Injectable()
export class UploadSessions {
  private readonly logger = new Logger(UploadSessions.name);

  constructor(
    @InjectRepository(UploadSessionEntity) private readonly sessions: Repository<UploadSessionEntity>,
    private readonly config: Config,
  ) {}

  /**
   * Opens a session, or answers the open one of the same user for the same file with the same fields.
   * `admit` may refuse a new one, within the same transaction.
   * @throws TooManyRequestsError beyond `uploads.maxSessionsPerUser`
   */
  async open(
    user: UserEntity,
    { filename, ...metadata }: ResumableStart,
    size: number,
    admit: (manager: EntityManager) => Promise<void>,
  ): Promise<UploadSessionEntity> {
    // As it will read back from the database.
    const stored = JSON.parse(JSON.stringify(metadata)) as Record<string, unknown>;
    return this.sessions.manager.transaction(async (manager) => {
      await lockRow(manager, UserEntity, user.id);
      const open = await manager.findBy(UploadSessionEntity, {
        userId: user.id,
        videoUuid: IsNull(),
        expiresAt: MoreThan(new Date()),
      });
      const same = open.find(
        (session) =>
          session.size === size &&
          session.filename === filename &&
          isDeepStrictEqual(session.metadata, stored),
      );
      if (same) return same;
      if (open.length >= this.config.uploads.maxSessionsPerUser) {
        throw new TooManyRequestsError(
          `You have ${open.length} unfinished uploads, the most there may be. Finish or cancel one.`,
          RETRY_AFTER_SECONDS,
        );
      }
      await admit(manager);
      const row = {
        id: randomUUID(),
        userId: user.id,
        filename,
        size,
        metadata: stored,
        expiresAt: this.expiry(),
      };
      return manager.save(manager.create(UploadSessionEntity, { ...row, videoUuid: null }));
    });
  }

  /** @throws NotFoundError also when it is somebody else's or has expired */
  async find(user: UserEntity, id: string): Promise<UploadSessionEntity> {
    const session = await this.sessions.findOneBy({ id, userId: user.id, expiresAt: MoreThan(new Date()) });
    if (!session) throw new NotFoundError('Upload');
    return session;
  }

  /** Keeps a session from expiring while `work` goes on; it lasts `uploads.sessionLifetime` from then. */
  async keepAlive<T>(id: string, work: () => Promise<T>): Promise<T> {
    const touch = async () => {
      try {
        await this.sessions.update({ id }, { expiresAt: this.expiry(), updatedAt: new Date() });
      } catch (error) {
        this.logger.warn(`Upload ${id} was not kept alive: ${(error as Error).message}`);
      }
    };
    const everyMs = Math.min((this.config.uploads.sessionLifetime * 1000) / 4, MAX_TIMER_MS);
    const timer = setInterval(() => void touch(), everyMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await touch();
    }
  }

  /** The video of a session: made by `create` the first time, the same one ever after, whoever asks at once. */
  async settle(manager: EntityManager, id: string, create: () => Promise<VideoEntity>): Promise<VideoEntity> {
    const session = await lockRow(manager, UploadSessionEntity, id);
    if (!session) throw new NotFoundError('Upload');
    if (session.videoUuid) return manager.findOneByOrFail(VideoEntity, { uuid: session.videoUuid });
    const video = await create();
    await manager.update(UploadSessionEntity, { id }, { videoUuid: video.uuid, updatedAt: new Date() });
    return video;
  }

  /** @throws NotFoundError when the video was deleted since */
  async videoOf({ videoUuid }: UploadSessionEntity): Promise<VideoEntity> {
    const video = videoUuid ? await this.sessions.manager.findOneBy(VideoEntity, { uuid: videoUuid }) : null;
    if (!video) throw new NotFoundError('Video');
    return video;
  }

  async remove(id: string): Promise<void> {
    await this.sessions.delete({ id });
  }

  expired(): Promise<UploadSessionEntity[]> {
    return this.sessions.findBy({ expiresAt: LessThan(new Date()) });
  }

  exists(id: string): Promise<boolean> {
    return this.sessions.existsBy({ id });
  }

  private expiry(): Date {
    return new Date(Date.now() + this.config.uploads.sessionLifetime * 1000);
  }
}

/** Reads a row for this transaction only. SQLite has one transaction at a time and knows no row locks. */
function lockRow<T extends UserEntity | UploadSessionEntity>(
  manager: EntityManager,
  entity: new () => T,
  id: T['id'],
): Promise<T | null> {
  const query = manager.createQueryBuilder(entity, 'row').where('row.id = :id', { id });
  const knowsLocks = manager.dataSource.options.type !== 'better-sqlite3';
  return (knowsLocks ? query.setLock('pessimistic_write') : query).getOne();
}
