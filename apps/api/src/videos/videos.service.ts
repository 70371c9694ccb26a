import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { VideoTeller } from '../federation/video-teller.service.js';
import { FollowConstraint } from '../following/follow-constraint.service.js';
import { ForbiddenError, NotFoundError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import type { VideoUpdate } from './dto/video-attributes.js';
import { searchText } from './search-text.js';
import { parseVideoId } from './short-uuid.js';
import { isTold, mayManage, maySee } from './video-access.js';
import { VideoCreator } from './video-creator.service.js';
import { VideoEvents } from './video-events.js';
import { VideoEntity, VideoPrivacy, VideoState } from './video.entity.js';

const FOUND_WITH = {
  files: { webSeeds: true, copy: true },
  channel: { actor: true, account: { user: true, actor: true } },
} as const;

/** Finds, changes and deletes single videos; lists are in `video-list.service.ts`. */
@Injectable()
export class VideosService {
  constructor(
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly creator: VideoCreator,
    private readonly events: VideoEvents,
    private readonly teller: VideoTeller,
    private readonly constraint: FollowConstraint,
  ) {}

  /** The video with files, channel, account and owner. @throws NotFoundError also when it is not the user's to see, NotFollowedError */
  async findVisible(idOrUuid: string, user: UserEntity | null): Promise<VideoEntity> {
    const video = await this.find(idOrUuid);
    if (!video || !maySee(video, user)) throw new NotFoundError('Video');
    if (user === null) await this.constraint.assertFollowed(video);
    return video;
  }

  /** @throws NotFoundError, or ForbiddenError when the user may see but not change it. */
  async findManageable(idOrUuid: string, user: UserEntity): Promise<VideoEntity> {
    const video = await this.findVisible(idOrUuid, user);
    if (video.remote) throw new ForbiddenError('Only its own instance can change a video.', 'remote_video');
    if (!mayManage(video, user)) throw new ForbiddenError('Only its owner and the staff may change a video.');
    return video;
  }

  /** Changes the given fields. A private video that is opened is as new as that, as in PeerTube. */
  async update(idOrUuid: string, user: UserEntity, changes: VideoUpdate): Promise<VideoEntity> {
    const video = await this.findManageable(idOrUuid, user);
    if (changes.channelId !== undefined && changes.channelId !== video.channelId)
      await this.creator.assertOwnChannel(this.videos.manager, user, changes.channelId);
    const { name = video.name, tags = video.tags, privacy = video.privacy } = changes;
    const opens = video.privacy === VideoPrivacy.Private && privacy !== VideoPrivacy.Private;
    const now = new Date();
    const fields = {
      ...changes,
      searchText: searchText(name, tags),
      updatedAt: now,
      ...(opens && video.state === VideoState.Published && { publishedAt: now }),
    };
    await this.videos.manager.transaction(async (manager) => {
      // These columns only: processing and views write others meanwhile.
      await manager.update(VideoEntity, { id: video.id }, fields);
      await this.tell(manager, video, now);
    });
    this.events.updated.next({ videoId: video.id });
    return this.findVisible(video.uuid, user);
  }

  /** Deletes the row and tells; the stored files are removed by who keeps them. */
  async remove(idOrUuid: string, user: UserEntity): Promise<void> {
    await this.delete(await this.findManageable(idOrUuid, user));
  }

  /** Deletes the videos of a user who goes: their rows would go along, their files would not. */
  async removeAllOf(userId: number): Promise<void> {
    const videos = await this.videos.find({
      where: { channel: { account: { userId } } },
      relations: { files: true },
    });
    for (const video of videos) await this.delete(video);
  }

  /** What others are told of a change at `now`. `before`: the video as it was. */
  private async tell(manager: EntityManager, before: VideoEntity, now: Date): Promise<void> {
    const after = await manager.findOneByOrFail(VideoEntity, { id: before.id });
    if (!isTold(before)) return this.teller.published(manager, before.id);
    if (!isTold(after)) return this.teller.removed(manager, before.id, now);
    if (after.channelId !== before.channelId) await this.teller.moved(manager, before, before.id);
    await this.teller.changed(manager, before.id);
  }

  private async delete(video: VideoEntity): Promise<void> {
    await this.videos.manager.transaction(async (manager) => {
      if (isTold(video)) await this.teller.removed(manager, video.id, new Date());
      await manager.delete(VideoEntity, { id: video.id });
    });
    const files = video.files ?? [];
    this.events.deleted.next({
      videoId: video.id,
      uuid: video.uuid,
      filenames: files.map(({ filename }) => filename),
      infoHashes: files.flatMap(({ infoHash }) => (infoHash ? [infoHash] : [])),
      stored: [
        ...files.map(({ filename }) => ({ area: 'web-videos' as const, name: filename })),
        ...files.flatMap(({ torrentFilename }) =>
          torrentFilename ? [{ area: 'torrents' as const, name: torrentFilename }] : [],
        ),
        ...(video.thumbnailFilename ? [{ area: 'thumbnails' as const, name: video.thumbnailFilename }] : []),
        ...(video.previewFilename ? [{ area: 'previews' as const, name: video.previewFilename }] : []),
        ...(video.originalFilename ? [{ area: 'originals' as const, name: video.originalFilename }] : []),
      ],
    });
  }

  private find(idOrUuid: string): Promise<VideoEntity | null> {
    const where = parseVideoId(idOrUuid);
    if (!where) return Promise.resolve(null);
    return this.videos.findOne({ where, relations: FOUND_WITH });
  }
}
