import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Config } from '../config/config.js';
import { ConflictError, DomainError, InvalidInputError, TooLargeError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { videoAttributes } from '../videos/dto/video-attributes.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { parseUploadRange, type UploadRange } from './content-range.js';
import { asUploadFault } from './disk-faults.js';
import type { ResumableStart } from './dto/resumable-start.js';
import { IncomingBodies } from './incoming-bodies.js';
import { SessionFiles } from './session-files.js';
import { SessionTurns } from './session-turns.js';
import { UploadAcceptance } from './upload-acceptance.js';
import { type ImagePaths, UploadImages } from './upload-images.service.js';
import type { UploadSessionEntity } from './upload-session.entity.js';
import { UploadSessions } from './upload-sessions.service.js';

/** A session and how many of its bytes have arrived. */
export interface SessionProgress {
  session: UploadSessionEntity;
  bytes: number;
}

/** PeerTube's resumable protocol (that of node-uploadx). The bytes on the disk are the truth at every step. */
@Injectable()
export class ResumableUploads {
  constructor(
    private readonly config: Config,
    private readonly sessions: UploadSessions,
    private readonly files: SessionFiles,
    private readonly turns: SessionTurns,
    private readonly bodies: IncomingBodies,
    private readonly acceptance: UploadAcceptance,
    private readonly images: UploadImages,
  ) {}

  /**
   * Begins an upload of `size` bytes, or finds the one that was begun with the same file and fields; answers the video
   * when all of that one's bytes are here.
   */
  async start(
    user: UserEntity,
    start: ResumableStart,
    size: number,
    images: ImagePaths,
  ): Promise<SessionProgress | VideoEntity> {
    const { maxFileSize } = this.config.uploads;
    if (size > maxFileSize)
      throw new TooLargeError(`The file has ${size} bytes, the limit is ${maxFileSize}.`);
    await this.images.check(images);
    const session = await this.sessions.open(user, start, size, (manager) =>
      this.acceptance.assertWelcome(user, size, { channelId: start.channelId, manager }),
    );
    await this.images.keepFor(session, images);
    const bytes = await this.files.bytesOf(session);
    return bytes < size
      ? { session, bytes }
      : this.turns.take(session.id, null, () => this.finish(user, session));
  }

  /** Takes a chunk, or answers what has arrived. The last one answers the video, also when it is sent again. */
  async receive(
    user: UserEntity,
    id: string,
    request: IncomingMessage,
  ): Promise<SessionProgress | VideoEntity> {
    await this.sessions.find(user, id);
    return this.turns.take(id, request, async () => {
      const session = await this.sessions.find(user, id);
      if (session.videoUuid) {
        request.resume();
        return this.sessions.videoOf(session);
      }
      const range = this.rangeOf(request, session);
      const arrived = await this.files.bytesOf(session);
      const bytes = 'probe' in range ? arrived : await this.append(session, range, arrived, request);
      return bytes < session.size ? { session, bytes } : this.finish(user, session);
    });
  }

  /** Forgets an upload and its bytes. */
  async cancel(user: UserEntity, id: string, request: IncomingMessage): Promise<void> {
    await this.sessions.find(user, id);
    await this.turns.take(id, request, async () => {
      const session = await this.sessions.find(user, id);
      if (session.videoUuid) throw new ConflictError('The upload has become a video. Delete the video.');
      await this.discard(session);
    });
  }

  /** Removes everything of a session but the video that came of it. */
  async discard(session: UploadSessionEntity): Promise<void> {
    await this.sessions.remove(session.id);
    if (session.videoUuid) await this.files.removeWaiting(session.id);
    else await this.files.remove(session);
  }

  private rangeOf(request: IncomingMessage, session: UploadSessionEntity): UploadRange {
    const { 'content-range': header, 'content-length': length } = request.headers;
    const range = parseUploadRange(header, length === undefined ? null : Number(length), session.size);
    if (range.total !== null && range.total !== session.size) {
      throw new ConflictError(
        `The upload was announced with ${session.size} bytes, not ${range.total}.`,
        'range_mismatch',
      );
    }
    return range;
  }

  private async append(
    session: UploadSessionEntity,
    { start, end }: { start: number; end: number },
    arrived: number,
    request: IncomingMessage,
  ): Promise<number> {
    const isLast = end === session.size - 1;
    if (isLast && arrived === session.size) {
      // The answer to the last chunk was lost, with the process or on the way.
      request.resume();
      return arrived;
    }
    if (start !== arrived || end >= session.size) {
      const headers: Record<string, string> = arrived > 0 ? { range: `bytes=0-${arrived - 1}` } : {};
      const detail = `The next byte is number ${arrived} of ${session.size}; the chunk spans ${start} to ${end}.`;
      throw new DomainError(409, 'range_mismatch', detail, { headers });
    }
    const { minChunkSize } = this.config.uploads;
    if (!isLast && end - start + 1 < minChunkSize) {
      const reason = `a chunk other than the last has at least ${minChunkSize} bytes`;
      throw new InvalidInputError([{ field: 'Content-Range', reason }]);
    }
    await this.sessions.keepAlive(session.id, () =>
      this.bodies.receive(request, () => this.files.append(session, request, start, end - start + 1)),
    );
    return this.files.bytesOf(session);
  }

  private finish(user: UserEntity, session: UploadSessionEntity): Promise<VideoEntity> {
    return this.sessions.keepAlive(session.id, () => this.accept(user, session));
  }

  private async accept(user: UserEntity, session: UploadSessionEntity): Promise<VideoEntity> {
    const { id, size } = session;
    const arrived = { user, attributes: videoAttributes.parse(session.metadata), name: id, size };
    try {
      if (!(await this.files.isMoved(session)))
        await this.acceptance.takeIn(arrived, this.files.path(session));
      const video = await this.acceptance.commit(arrived, (manager, create) =>
        this.sessions.settle(manager, id, create),
      );
      await this.images.apply(video, this.images.keptFor(session));
      await this.files.removeWaiting(id);
      return video;
    } catch (error) {
      // A refusal is final. After a fault of ours the same bytes may be offered again.
      if (error instanceof DomainError && error.status < 500) await this.discard(session);
      throw asUploadFault(error);
    }
  }
}
