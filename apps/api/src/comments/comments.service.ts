import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { Config } from '../config/config.js';
import { InteractionLimits } from '../moderation/interaction-limits.js';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  UnprocessableError,
} from '../shared/domain-error.js';
import { hashUrl } from '../shared/hash-url.js';
import type { UserEntity } from '../users/user.entity.js';
import { mayManage } from '../videos/video-access.js';
import { lockedVideo } from '../videos/locked-video.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { CommentActivities } from './comment-activities.service.js';
import { CommentHooks } from './comment-hooks.service.js';
import { recountComments } from './comment-counts.js';
import { eraseComment, placeIn } from './comment-rows.js';
import { CommentEntity } from './comment.entity.js';
import { isGone } from './comment.mapper.js';
import { commentUrl } from './comment-object.js';

/** What our users say about videos, and take back. */
@Injectable()
export class CommentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly limits: InteractionLimits,
    private readonly activities: CommentActivities,
    private readonly hooks: CommentHooks,
  ) {}

  /**
   * `inReplyToId` is the comment that it answers; null for the video itself.
   * @throws NotFoundError, ConflictError, InvalidInputError, UnprocessableError, TooManyRequestsError, PluginRefusalError
   */
  async create(
    user: UserEntity,
    video: VideoEntity,
    text: string,
    inReplyToId: number | null,
  ): Promise<CommentEntity> {
    const { commentLength } = this.config.interaction;
    if ([...text].length > commentLength)
      throw new InvalidInputError([
        { field: 'text', reason: `must have at most ${commentLength} characters` },
      ]);
    this.limits.count('comment', user);
    await this.hooks.assertWritable(user, video, text, inReplyToId);
    return this.dataSource.transaction(async (manager) => {
      const { commentsEnabled } = await lockedVideo(manager, video.id);
      if (!commentsEnabled) throw new ConflictError('This video takes no comments.', 'comments_disabled');
      const account = await manager.findOneOrFail(AccountEntity, {
        where: { userId: user.id },
        relations: { actor: true },
      });
      const answered = inReplyToId === null ? null : await this.answerable(manager, video, inReplyToId);
      const comment = await this.write(manager, video, account, text, answered);
      await recountComments(manager, video.id);
      await this.activities.created(manager, comment, video);
      return comment;
    });
  }

  /** By its author, by whose video it is, or by the staff. @throws NotFoundError, ForbiddenError */
  async remove(user: UserEntity, video: VideoEntity, commentId: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await lockedVideo(manager, video.id);
      const comment = await manager.findOne(CommentEntity, {
        where: { id: commentId, videoId: video.id },
        relations: { account: { actor: true } },
      });
      if (!comment || isGone(comment)) throw new NotFoundError('Comment');
      if (comment.account!.userId !== user.id && !mayManage(video, user))
        throw new ForbiddenError(
          'Only its author, the owner of the video and the staff may delete a comment.',
        );
      await eraseComment(manager, comment, new Date());
      await this.activities.removed(manager, comment, video);
    });
  }

  private async answerable(manager: EntityManager, video: VideoEntity, id: number): Promise<CommentEntity> {
    const answered = await manager.findOneBy(CommentEntity, { id, videoId: video.id });
    if (!answered) throw new NotFoundError('Comment');
    if (isGone(answered)) throw new ConflictError('This comment was deleted.', 'comment_deleted');
    if (answered.depth >= this.config.interaction.threadDepth)
      throw new UnprocessableError('This thread is as deep as threads may be.', 'thread_too_deep');
    return answered;
  }

  private async write(
    manager: EntityManager,
    video: VideoEntity,
    account: AccountEntity,
    text: string,
    answered: CommentEntity | null,
  ): Promise<CommentEntity> {
    const comment = await manager.save(
      manager.create(CommentEntity, {
        ...placeIn(video.id, answered),
        url: null,
        urlHash: null,
        accountId: account.id,
        text,
        deletedAt: null,
      }),
    );
    const url = commentUrl(this.config.url, video, comment.id);
    await manager.update(CommentEntity, { id: comment.id }, { url, urlHash: hashUrl(url) });
    return Object.assign(comment, { url, urlHash: hashUrl(url), account });
  }
}
