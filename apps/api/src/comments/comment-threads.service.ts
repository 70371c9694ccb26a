import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { KnownPeopleService } from '../following/known-people.service.js';
import { hideBlocked } from '../moderation/hide-blocked.js';
import { NotFoundError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { commentTree } from './comment-tree.js';
import { CommentEntity } from './comment.entity.js';
import { commentView, NO_REPLIES, type ReplyCounts } from './comment.mapper.js';
import type { ThreadListQuery } from './dto/comment-requests.js';
import type { CommentTreeView, ThreadPageView } from './dto/comment-view.js';

/** Comments of one thread that are answered at once. */
const MAX_THREAD = 2000;

/** It was not deleted, and neither was its account. */
const readable = (alias: string) => `${alias}.deletedAt IS NULL AND ${alias}.accountId IS NOT NULL`;

type Query = SelectQueryBuilder<CommentEntity>;

/** Reads what was said about a video, without those whom nobody, or the reader, wants to hear. */
@Injectable()
export class CommentThreads {
  constructor(
    @InjectRepository(CommentEntity) private readonly comments: Repository<CommentEntity>,
    private readonly people: KnownPeopleService,
  ) {}

  async list(video: VideoEntity, query: ThreadListQuery, user: UserEntity | null): Promise<ThreadPageView> {
    if (!video.commentsEnabled) return { total: 0, totalNotDeletedComments: 0, data: [] };
    const threads = this.shown(video, user)
      .andWhere('comment.inReplyToId IS NULL')
      .andWhere(`(${readable('comment')} OR EXISTS ${this.readableReply()})`);
    const [total, totalNotDeletedComments] = await Promise.all([
      threads.getCount(),
      this.shown(video, user).andWhere(readable('comment')).getCount(),
    ]);
    const found = await this.ordered(threads, query).offset(query.start).limit(query.count).getMany();
    const counts = await this.replyCounts(video, found, user);
    const known = await this.people.of(found.map(({ account }) => account));
    const data = found.map((comment) => commentView(comment, known, counts.get(comment.id) ?? NO_REPLIES));
    return { total, totalNotDeletedComments, data };
  }

  /** @throws NotFoundError */
  async tree(video: VideoEntity, threadId: number, user: UserEntity | null): Promise<CommentTreeView> {
    const found = await this.shown(video, user)
      .andWhere('(comment.id = :threadId OR comment.threadId = :threadId)', { threadId })
      .orderBy('comment.id', 'ASC')
      .limit(MAX_THREAD)
      .getMany();
    const known = await this.people.of(found.map(({ account }) => account));
    const tree = video.commentsEnabled ? commentTree(found, video.channel!.account!.id, known) : null;
    if (!tree) throw new NotFoundError('Thread');
    return tree;
  }

  private shown(video: VideoEntity, user: UserEntity | null): Query {
    const builder = this.comments
      .createQueryBuilder('comment')
      .leftJoinAndSelect('comment.account', 'account')
      .leftJoinAndSelect('account.actor', 'actor')
      .where('comment.videoId = :videoId', { videoId: video.id });
    hideBlocked(builder, user);
    return builder;
  }

  private readableReply(): string {
    return this.comments
      .createQueryBuilder()
      .subQuery()
      .select('1')
      .from(CommentEntity, 'reply')
      .where(`reply.threadId = comment.id AND ${readable('reply')}`)
      .getQuery();
  }

  private ordered(threads: Query, { sort: { key, descending } }: ThreadListQuery): Query {
    const direction = descending ? 'DESC' : 'ASC';
    if (key === 'createdAt') threads.orderBy('comment.createdAt', direction);
    else {
      const replies = threads
        .subQuery()
        .select('COUNT(*)')
        .from(CommentEntity, 'counted')
        .where(`counted.threadId = comment.id AND ${readable('counted')}`)
        .getQuery();
      threads.addSelect(replies, 'reply_count').orderBy('reply_count', direction);
    }
    return threads.addOrderBy('comment.id', direction);
  }

  private async replyCounts(
    video: VideoEntity,
    threads: CommentEntity[],
    user: UserEntity | null,
  ): Promise<Map<number, ReplyCounts>> {
    if (threads.length === 0) return new Map();
    const builder = this.comments
      .createQueryBuilder('comment')
      .innerJoin('comment.account', 'account')
      .select('comment.threadId', 'threadId')
      .addSelect('COUNT(*)', 'replies')
      .addSelect('SUM(CASE WHEN comment.accountId = :authorId THEN 1 ELSE 0 END)', 'fromAuthor')
      .where('comment.threadId IN (:...ids)', { ids: threads.map(({ id }) => id) })
      .andWhere('comment.deletedAt IS NULL')
      .setParameter('authorId', video.channel!.account!.id)
      .groupBy('comment.threadId');
    hideBlocked(builder, user);
    const rows = await builder.getRawMany<Record<'threadId' | 'replies' | 'fromAuthor', string | number>>();
    return new Map(
      rows.map(({ threadId, replies, fromAuthor }) => [
        Number(threadId),
        { replies: Number(replies), fromAuthor: Number(fromAuthor) },
      ]),
    );
  }
}
