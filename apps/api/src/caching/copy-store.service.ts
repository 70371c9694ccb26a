import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CacheAddition } from '@vidiverse/policy';
import { parse } from 'node:path';
import { type DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { Config } from '../config/config.js';
import { inTransaction } from '../database/in-transaction.js';
import { lockedForUpdate } from '../database/locked-for-update.js';
import { JobQueue } from '../jobs/job-queue.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { CacheTeller } from './cache-teller.service.js';
import { CachedFileEntity, type CopyState } from './cached-file.entity.js';
import { fetchCopy } from './fetch-job.js';

/** What is fetched, or going to be. */
export const ON_THE_WAY: CopyState[] = ['wanted', 'fetching'];

/** The rows of copies and their states; each change and what is told of it are one transaction. */
@Injectable()
export class CopyStore {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly teller: CacheTeller,
  ) {}

  /** A new copy with the job that fetches it. Null when the file is gone, or is none of another instance. */
  async want(
    manager: EntityManager,
    { fileId, strategy, reason }: Pick<CacheAddition, 'fileId' | 'strategy' | 'reason'>,
  ): Promise<CachedFileEntity | null> {
    const file = await manager.findOne(VideoFileEntity, {
      where: { id: fileId },
      relations: { video: { channel: { account: { actor: true } } } },
    });
    const actor = file?.video?.channel?.account?.actor;
    if (!file?.infoHash || !file.video?.url || !actor) return null;
    const { id: videoFileId, filename, mediaType, resolution, fps, size, infoHash, video } = file;
    const copy = await manager.save(
      manager.create(CachedFileEntity, {
        ...{ videoFileId, filename, mediaType, resolution, fps, size, infoHash, strategy, reason },
        torrentFilename: `${parse(filename).name}.torrent`,
        videoUuid: video.uuid,
        videoUrl: video.url!,
        host: actor.host,
        originInboxUrl: actor.sharedInboxUrl ?? actor.inboxUrl,
        state: 'wanted',
        verifiedBytes: 0,
        bytesFrom: {},
        badSeeds: [],
      }),
    );
    await this.addJob(manager, copy);
    return copy;
  }

  /** Its fetching goes on by another job: the one it had was lost, or set aside because its process died too often. */
  revive(id: number): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      const copy = await lockedForUpdate(manager, CachedFileEntity, { id });
      if (ON_THE_WAY.includes(copy.state)) await this.addJob(manager, copy);
    });
  }

  /** The copy with its file, now `fetching`; null when it is wanted no more. */
  async begin(id: number): Promise<CachedFileEntity | null> {
    const { manager } = this.dataSource;
    await manager.update(
      CachedFileEntity,
      { id, state: 'wanted' },
      { state: 'fetching', updatedAt: new Date() },
    );
    return manager.findOne(CachedFileEntity, {
      where: { id, state: 'fetching' },
      relations: { videoFile: { webSeeds: true } },
    });
  }

  async note(
    id: number,
    progress: Pick<CachedFileEntity, 'verifiedBytes' | 'bytesFrom' | 'badSeeds'>,
  ): Promise<void> {
    await this.dataSource.manager.update(CachedFileEntity, { id }, { ...progress, updatedAt: new Date() });
  }

  /** It is whole, and the others are told. Nothing when it was given up meanwhile. */
  async finish(id: number): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const copy = await lockedForUpdate(manager, CachedFileEntity, { id });
      if (copy.state !== 'fetching') return;
      const now = new Date();
      const facts = { cachedAt: now, verifiedBytes: copy.size, error: null, expiresAt: this.promise(now) };
      await manager.save(Object.assign(copy, { state: 'cached', ...facts } as const));
      await this.teller.offered(manager, copy);
    });
  }

  /** A try failed; another follows. */
  async noteError(id: number, error: string): Promise<void> {
    await this.dataSource.manager.update(CachedFileEntity, { id }, { error, updatedAt: new Date() });
  }

  /** The copy, unless it is whole, leaves or is gone. */
  onTheWay(id: number): Promise<CachedFileEntity | null> {
    return this.dataSource.manager.findOneBy(CachedFileEntity, { id, state: In(ON_THE_WAY) });
  }

  /** No try follows, and it is left alone for a while. */
  async giveUp(id: number, error: string): Promise<void> {
    const retryAt = new Date(Date.now() + this.config.caching.failedPause);
    await this.dataSource.manager.update(
      CachedFileEntity,
      { id, state: In(ON_THE_WAY) },
      { state: 'failed', error, retryAt, verifiedBytes: 0, updatedAt: new Date() },
    );
  }

  /** It goes; others are told before its bytes are removed. Answers whether it was there to go. */
  leave(id: number, reason: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const copy = await lockedForUpdate(manager, CachedFileEntity, { id });
      if (copy.state === 'evicting') return false;
      if (copy.state === 'cached') await this.teller.takenBack(manager, copy);
      await manager.update(CachedFileEntity, { id }, { state: 'evicting', reason, updatedAt: new Date() });
      return true;
    });
  }

  /** Copies whose promise is half over are promised for as long again. */
  async extendAll(): Promise<void> {
    const half = new Date(Date.now() + (this.config.caching.promiseFor * 1000) / 2);
    const due = await this.dataSource.manager.findBy(CachedFileEntity, {
      state: 'cached',
      expiresAt: LessThan(half),
    });
    for (const { id } of due)
      await inTransaction(this.dataSource, async (manager) => {
        const copy = await lockedForUpdate(manager, CachedFileEntity, { id });
        if (copy.state !== 'cached') return;
        await manager.save(Object.assign(copy, { expiresAt: this.promise(new Date()) }));
        await this.teller.extended(manager, copy);
      });
  }

  private promise(from: Date): Date {
    return new Date(from.getTime() + this.config.caching.promiseFor * 1000);
  }

  private async addJob(
    manager: EntityManager,
    { id: copyId, verifiedBytes: from }: Pick<CachedFileEntity, 'id' | 'verifiedBytes'>,
  ): Promise<void> {
    const options = { manager, uniqueKey: String(copyId) };
    const jobId = await this.queue.add(fetchCopy(this.config), { copyId, from }, options);
    await manager.update(CachedFileEntity, { id: copyId }, { jobId });
  }
}
