import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Note } from '@vidiverse/federation';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { Config } from '../config/config.js';
import { ActivityRefusedError } from '../federation/activity-handlers.js';
import { isBuried } from '../federation/tombstones.js';
import { DatabaseBlocks } from '../moderation/database-blocks.js';
import { VideosByUrl } from '../remote-videos/videos-by-url.js';
import { hashUrl } from '../shared/hash-url.js';
import { lockedVideo } from '../videos/locked-video.js';
import { VideoEntity } from '../videos/video.entity.js';
import { recountComments } from './comment-counts.js';
import { findByUrl, placeIn } from './comment-rows.js';
import { CommentEntity } from './comment.entity.js';
import { notAfterNow, noteText } from './note-text.js';
import type { AuthoredNote } from './note-thread.service.js';

/** Writes what others said elsewhere. */
@Injectable()
export class RemoteComments {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly videos: VideosByUrl,
    private readonly blocks: DatabaseBlocks,
  ) {}

  isKnown(url: string): Promise<boolean> {
    return this.dataSource.manager.existsBy(CommentEntity, { urlHash: hashUrl(url) });
  }

  /** Adds those that are new, and answers the video; null when all of them were known. @throws ActivityRefusedError */
  async add(manager: EntityManager, thread: AuthoredNote[]): Promise<VideoEntity | null> {
    let above = await this.startOf(manager, thread[0]!.note);
    const { id: videoId, commentsEnabled } = await lockedVideo(
      manager,
      above instanceof CommentEntity ? above.videoId : above.id,
    );
    if (!commentsEnabled) throw new ActivityRefusedError('The video takes no comments.');
    let isNew = false;
    for (const { note, author } of thread) {
      const known = await manager.findOneBy(CommentEntity, { urlHash: hashUrl(note.id) });
      isNew = known === null;
      above = known ?? (await this.write(manager, videoId, above, { note, author }));
    }
    if (!isNew) return null;
    await recountComments(manager, videoId);
    return manager.findOneOrFail(VideoEntity, {
      where: { id: videoId },
      relations: { channel: { actor: true, account: { actor: true } } },
    });
  }

  /** An older version that arrives late changes nothing. */
  async update(manager: EntityManager, comment: CommentEntity, note: Note): Promise<boolean> {
    const updatedAt = notAfterNow(note.updated ?? note.published);
    const text = noteText(note, this.config.interaction.commentLength);
    if (updatedAt < comment.updatedAt || text === '') return false;
    await manager.update(CommentEntity, { id: comment.id }, { text, updatedAt });
    return true;
  }

  private async startOf(manager: EntityManager, { inReplyTo }: Note): Promise<CommentEntity | VideoEntity> {
    const start = (await findByUrl(manager, inReplyTo!)) ?? (await this.videos.find(manager, inReplyTo!));
    if (!start) throw new ActivityRefusedError('What it answers is gone.');
    return start;
  }

  private async write(
    manager: EntityManager,
    videoId: number,
    above: CommentEntity | VideoEntity,
    { note, author }: AuthoredNote,
  ): Promise<CommentEntity> {
    const account = await manager.findOneBy(AccountEntity, { actorId: author.id });
    if (!account) throw new ActivityRefusedError('Its author is no account.');
    if (await isBuried(manager, { url: note.id, by: author.url }))
      throw new ActivityRefusedError('It was deleted before.');
    // The gate has looked at who sent it only, not at whom that one answers.
    const { blocks } = this;
    if ((await blocks.hasHost(author.host, manager)) || (await blocks.hasActor(author.url, manager)))
      throw new ActivityRefusedError('It stands under a comment of somebody who is blocked.');
    const text = noteText(note, this.config.interaction.commentLength);
    if (text === '') throw new ActivityRefusedError('It says nothing.');
    const place = placeIn(videoId, above instanceof CommentEntity ? above : null);
    if (place.depth > this.config.interaction.threadDepth)
      throw new ActivityRefusedError('The thread is too deep.');
    return manager.save(
      manager.create(CommentEntity, {
        ...place,
        url: note.id,
        urlHash: hashUrl(note.id),
        accountId: account.id,
        text,
        createdAt: notAfterNow(note.published),
        updatedAt: notAfterNow(note.updated ?? note.published),
        deletedAt: null,
      }),
    );
  }
}
