import { accountView } from '../accounts/account.mapper.js';
import type { KnownPeople } from '../following/known-people.service.js';
import type { CommentEntity } from './comment.entity.js';
import type { CommentView } from './dto/comment-view.js';

export interface ReplyCounts {
  replies: number;
  /** By whose video it is. */
  fromAuthor: number;
}

export const NO_REPLIES: ReplyCounts = { replies: 0, fromAuthor: 0 };

/** It cannot be read any more: it was deleted, or its account was. */
export const isGone = ({ deletedAt, accountId }: CommentEntity): boolean =>
  deletedAt !== null || accountId === null;

/** PeerTube's JSON of a comment. Account and actor must be loaded, and the account's follows counted. */
export function commentView(comment: CommentEntity, known: KnownPeople, counts = NO_REPLIES): CommentView {
  const gone = isGone(comment);
  return {
    id: comment.id,
    url: comment.url!,
    text: gone ? '' : comment.text,
    threadId: comment.threadId ?? comment.id,
    inReplyToCommentId: comment.inReplyToId,
    videoId: comment.videoId,
    createdAt: comment.createdAt.toISOString(),
    updatedAt: comment.updatedAt.toISOString(),
    deletedAt: gone ? (comment.deletedAt ?? comment.updatedAt).toISOString() : null,
    heldForReview: false,
    isDeleted: gone,
    totalRepliesFromVideoAuthor: counts.fromAuthor,
    totalReplies: counts.replies,
    account: gone ? null : accountView(comment.account!, known),
  };
}
