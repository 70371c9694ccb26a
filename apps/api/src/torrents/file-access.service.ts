import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { FindOptionsWhere, Repository } from 'typeorm';
import { ForbiddenError, NotFoundError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { FileTokens } from '../videos/file-tokens.service.js';
import { isOpen, mayManage, maySee } from '../videos/video-access.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoHooks } from '../videos/video-hooks.service.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoState } from '../videos/video.entity.js';
import { isFileName, type ServableFile, servableFiles } from './servable-file.js';

/** As PeerTube wrote them before file names were random. */
const LEGACY_NAME = /^([0-9a-f-]{36})-(\d{1,4})\.(?:mp4|webm)$/;

/** What a request shows to get at a closed file. */
export interface Credentials {
  token: string | undefined;
  user: UserEntity | null;
}

/** Who may have which file. */
@Injectable()
export class FileAccess {
  private readonly cache = servableFiles();
  /** Counts changes: what was read before one must not be remembered after it. */
  private changes = 0;

  constructor(
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
    private readonly tokens: FileTokens,
    private readonly hooks: VideoHooks,
    events: VideoEvents,
  ) {
    for (const changed of [events.updated, events.published, events.deleted]) {
      changed.subscribe(() => {
        this.changes += 1;
        this.cache.clear();
      });
    }
  }

  /** `filename`, or `<video uuid>-<height>.mp4`. @throws NotFoundError for a file that is unknown or closed. */
  async open(filename: string): Promise<ServableFile> {
    const file = await this.find(filename);
    if (!file?.open) throw new NotFoundError('File');
    return file;
  }

  /** Any file, for a token of its video or a user who may see it. @throws NotFoundError, ForbiddenError */
  async permitted(filename: string, { token, user }: Credentials): Promise<ServableFile> {
    const file = await this.find(filename);
    if (!file) throw new NotFoundError('File');
    if (file.open || this.tokens.verify(token ?? '', file.video.uuid) || maySee(file.video, user))
      return file;
    throw new ForbiddenError(
      'This file needs a valid videoFileToken, or the access token of who may see its video.',
    );
  }

  /** As `permitted`, where the owner and the plugins allow downloads. @throws NotFoundError, ForbiddenError */
  async download(filename: string, credentials: Credentials): Promise<ServableFile> {
    const file = await this.permitted(filename, credentials);
    if (!file.video.downloadEnabled && !mayManage(file.video, credentials.user))
      throw new ForbiddenError('The owner of this video does not allow downloads.', 'download_disabled');
    await this.hooks.assertDownloadable(file, credentials.user);
    return file;
  }

  private async find(filename: string): Promise<ServableFile | undefined> {
    if (!isFileName(filename)) return undefined;
    const known = this.cache.get(filename);
    if (known) return known;
    const before = this.changes;
    const [, uuid, resolution] = LEGACY_NAME.exec(filename) ?? [];
    const file =
      (await this.read({ filename })) ??
      (uuid ? await this.read({ video: { uuid }, resolution: Number(resolution) }) : undefined);
    if (file && before === this.changes) this.cache.set(filename, file);
    return file;
  }

  private async read(where: FindOptionsWhere<VideoFileEntity>): Promise<ServableFile | undefined> {
    const row = await this.files.findOne({ where, relations: { video: { channel: { account: true } } } });
    if (!row?.video || row.video.remote) return undefined;
    const { filename, mediaType, resolution, video } = row;
    const open = isOpen(video.privacy) && video.state === VideoState.Published;
    return { filename, area: 'web-videos', mediaType, resolution, video, open };
  }
}
