import { Injectable } from '@nestjs/common';
import { DiskFile, DiskStorage, isUploadxError, MetaStorage } from '@uploadx/core';
import { mkdirSync } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { ConflictError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import { asUploadFault, UploadAbortedError } from './disk-faults.js';

interface Session {
  readonly id: string;
  /** Bytes announced. */
  readonly size: number;
}

/** uploadx writes the chunks; what it knows of an upload comes from our rows and from the disk, never from a copy. */
class ChunkWriter extends DiskStorage {
  constructor(
    uploadDir: string,
    private readonly sessionOf: (id: string) => Session,
  ) {
    super({ uploadDir, metaStorage: new MetaStorage<DiskFile>({ suffix: '' }) });
  }

  override async getMeta(id: string): Promise<DiskFile> {
    const { size } = this.sessionOf(id);
    return Object.assign(new DiskFile({ metadata: {}, originalName: id, size }), { id, name: id, size });
  }

  override async saveMeta(file: DiskFile): Promise<DiskFile> {
    return file;
  }
}

/** The bytes of uploads under way, in `<data>/uploads/<session id>`. */
@Injectable()
export class SessionFiles {
  private readonly folder: string;
  private readonly writing = new Map<string, Session>();
  private readonly writer: ChunkWriter;

  constructor(
    config: Config,
    private readonly storage: FileStorage,
  ) {
    this.folder = join(config.data, 'uploads');
    mkdirSync(this.folder, { recursive: true });
    this.writer = new ChunkWriter(this.folder, (id) => this.writing.get(id)!);
  }

  path({ id }: Pick<Session, 'id'>): string {
    return join(this.folder, id);
  }

  /** Where an image that came with the upload waits for the video. */
  imagePath({ id }: Pick<Session, 'id'>, kind: string): string {
    return join(this.folder, `${id}.${kind}`);
  }

  /** How many bytes have arrived, as the disk tells. */
  async bytesOf(session: Pick<Session, 'id'>): Promise<number> {
    const { size } = await stat(this.path(session)).catch(() => ({ size: null }));
    if (size !== null) return size;
    // A process that was killed may have moved the file and not come to write the video.
    const moved = await this.storage.open('originals', session.id);
    await moved?.close();
    return moved?.size ?? 0;
  }

  /** Has the file been moved to `originals` already? */
  async isMoved(session: Pick<Session, 'id'>): Promise<boolean> {
    return stat(this.path(session)).then(
      () => false,
      () => true,
    );
  }

  /**
   * Appends the body of a request, `length` bytes from `start` on. Bytes that arrived before a connection broke are kept.
   * @throws ConflictError when the body is longer than announced, StorageFullError
   */
  async append(session: Session, body: IncomingMessage, start: number, length: number): Promise<void> {
    // The writer wants the file to exist.
    await (await open(this.path(session), 'a')).close();
    // The writer would wait for ever for a body that has ended before.
    if (body.destroyed) throw new UploadAbortedError();
    this.writing.set(session.id, session);
    try {
      await this.writer.write({ id: session.id, body, start, contentLength: length });
    } catch (error) {
      body.resume();
      if (isUploadxError(error) && error.uploadxErrorCode === 'FileConflict') {
        throw new ConflictError(`The body is longer than the ${length} bytes announced.`, 'range_mismatch');
      }
      throw asUploadFault(error);
    } finally {
      this.writing.delete(session.id);
    }
  }

  /** Everything of a session that did not become a video. */
  async remove(session: Pick<Session, 'id'>): Promise<void> {
    await this.removeWaiting(session.id);
    await this.storage.remove('originals', session.id);
  }

  /** What stands in the uploads folder for a session: the file and its images. */
  async removeWaiting(id: string): Promise<void> {
    const names = await readdir(this.folder);
    await Promise.all(
      names.filter((name) => name.startsWith(id)).map((name) => rm(join(this.folder, name), { force: true })),
    );
  }

  /** Ids of sessions that have a file last written before `time`. */
  async idsOlderThan(time: number): Promise<string[]> {
    const ids = new Set<string>();
    for (const name of await readdir(this.folder)) {
      const { mtimeMs } = await stat(join(this.folder, name)).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs < time) ids.add(name.split('.')[0]!);
    }
    return [...ids];
  }
}
