import type { Account } from './client.js';

/** A comment, as the API answers it. */
export interface Comment {
  id: number;
  url: string;
  text: string;
  threadId: number;
  inReplyToCommentId: number | null;
  videoId: number;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
  isDeleted: boolean;
  totalReplies: number;
  totalRepliesFromVideoAuthor: number;
  account: Account | null;
}

export interface CommentTree {
  comment: Comment;
  children: CommentTree[];
}

export type Rating = 'like' | 'dislike' | 'none';

/** A report, as the staff sees it. */
export interface Abuse {
  id: number;
  reason: string;
  predefinedReasons: string[];
  state: { id: number; label: string };
  moderationComment: string | null;
  reporterAccount: Account | null;
  flaggedAccount: Account | null;
  video: { id: number | null; uuid: string; name: string; deleted: boolean; startAt: number | null } | null;
  comment: { id: number | null; text: string; deleted: boolean } | null;
}

interface BlockStatus {
  blockedByServer: boolean;
  blockedByUser: boolean;
}

/** Which of those that were asked about are blocked. */
export interface BlockStatuses {
  accounts: Record<string, BlockStatus>;
  hosts: Record<string, BlockStatus>;
}

/** Whose block list: the instance's, or one's own. */
export type BlockList = 'server/blocklist' | 'users/me/blocklist';

/** The texts of a thread with those of the answers under each; null for a deleted comment. */
export type Texts = [text: string | null, ...answers: Texts[]];

export const textsOf = ({ comment, children }: CommentTree): Texts => [
  comment.isDeleted ? null : comment.text,
  ...children.map(textsOf),
];
