import { Injectable } from '@nestjs/common';
import type { Video } from '@vidiverse/federation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { isBuried, isOutdated } from '../federation/tombstones.js';
import { JobQueue } from '../jobs/job-queue.js';
import { ConflictError, UnprocessableError } from '../shared/domain-error.js';
import { hashUrl } from '../shared/hash-url.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { extensionOf, type FileFields, fileFields } from './file-rows.js';
import type { FetchedVideo } from './video-fetcher.js';
import { reactionsOf, type ReactionsOf, readReactions } from './read-reactions.js';
import { videoFields } from './video-fields.js';

/** The channel of a remote video, with the account that owns it. */
const CHANNEL = { actor: true, account: { actor: true } } as const;

/** Keeps what other instances say of their videos. Every method is part of the caller's transaction. */
@Injectable()
export class RemoteVideoStore {
  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
  ) {}

  /** With channel, account and their actors. */
  find(manager: EntityManager, url: string): Promise<VideoEntity | null> {
    const where = { urlHash: hashUrl(url), remote: true };
    return manager.findOne(VideoEntity, { where, relations: { channel: CHANNEL } });
  }

  /**
   * The row of a video as it is now. A version older than the known one changes nothing.
   * @throws DomainError when it was deleted since, or has the UUID of another video, or its channel has no owner.
   */
  async save(manager: EntityManager, { video, channel: actor }: FetchedVideo): Promise<VideoEntity> {
    const known = await this.find(manager, video.id);
    if (known && isOutdated(video.updated, known.remoteUpdatedAt)) return known;
    const channel = await manager.findOne(ChannelEntity, {
      where: { actorId: actor.id },
      relations: CHANNEL,
    });
    if (!channel?.account?.actor || channel.account.actor.host !== actor.host)
      throw new UnprocessableError('Its channel belongs to nobody.', 'no_channel_owner');
    await this.assertNotDeleted(manager, video, channel);
    await this.assertOwnUuid(manager, video);
    const wanted = this.wantedReactions(video, known);
    const fields = videoFields(video, hashUrl(video.id));
    const row = known ?? manager.create(VideoEntity, { uuid: video.uuid });
    const saved = await manager.save(Object.assign(row, fields, { channelId: channel.id, channel }));
    await this.saveFiles(manager, saved.id, fileFields(video));
    if (wanted !== null) await this.askForReactions(manager, reactionsOf(saved.id, video), wanted);
    return saved;
  }

  async remove(manager: EntityManager, { id }: Pick<VideoEntity, 'id'>): Promise<void> {
    await manager.delete(VideoEntity, { id, remote: true });
  }

  /**
   * One that is new was told with nothing said of it yet. Of comments that are said later each is told; of likes only that
   * their number is another, by an Update.
   */
  private wantedReactions({ published }: Video, known: VideoEntity | null): 'all' | 'numbers' | null {
    const { reactionsAfter, refreshAfter } = this.config.federation.videos;
    const since = (date: Date | null) => Date.now() - (date?.getTime() ?? 0);
    if (known) return since(known.fetchedAt) > refreshAfter ? 'all' : 'numbers';
    return since(published) > reactionsAfter ? 'all' : null;
  }

  private async askForReactions(
    manager: EntityManager,
    reactions: ReactionsOf,
    wanted: 'all' | 'numbers',
  ): Promise<void> {
    if (wanted === 'all')
      await this.queue.add(readReactions, reactions, { manager, uniqueKey: String(reactions.videoId) });
    // Without a key: one that is at work may have asked before the number that this Update is about.
    else await this.queue.add(readReactions, { ...reactions, comments: null }, { manager });
  }

  /** A video whose end was told before it was heard of; one that was changed after its end is there again. */
  private async assertNotDeleted(
    manager: EntityManager,
    { id: url, updated: at }: Video,
    channel: ChannelEntity,
  ): Promise<void> {
    for (const { url: by } of [channel.account!.actor!, channel.actor!])
      if (await isBuried(manager, { url, by, at }))
        throw new UnprocessableError('It was deleted.', 'deleted');
  }

  /** A UUID that another video has would hide that one: it is what addresses name a video by. */
  private async assertOwnUuid(manager: EntityManager, { id, uuid }: Video): Promise<void> {
    const other = await manager.findOneBy(VideoEntity, { uuid });
    if (other && other.urlHash !== hashUrl(id))
      throw new ConflictError('Another video has its UUID.', 'uuid_taken');
  }

  /** A file keeps its row as long as it keeps its address. */
  private async saveFiles(manager: EntityManager, videoId: number, wanted: FileFields[]): Promise<void> {
    const rows = await manager.findBy(VideoFileEntity, { videoId });
    const byUrl = new Map(rows.map((row) => [row.remoteSources?.fileUrl, row]));
    const gone = rows.filter((row) => !wanted.some((file) => byUrl.get(file.remoteSources.fileUrl) === row));
    if (gone.length > 0) await manager.remove(gone);
    for (const file of wanted) {
      const filename = `${randomUUID()}-${file.resolution}.${extensionOf(file.mediaType)}`;
      const row =
        byUrl.get(file.remoteSources.fileUrl) ?? manager.create(VideoFileEntity, { videoId, filename });
      await manager.save(Object.assign(row, file));
    }
  }
}
