import { z } from 'zod';
import { accountViewSchema } from '../../accounts/dto/account-view.js';
import { pageOf } from '../../shared/page.js';

const instant = z.iso.datetime().describe('UTC, milliseconds.');

export const commentSchema = z
  .object({
    id: z.int(),
    url: z.string().describe('Its ActivityPub id.'),
    text: z.string().describe('Markdown; empty when it was deleted.'),
    threadId: z.int().describe('Id of the comment that begins the thread: its own, when it does.'),
    inReplyToCommentId: z.int().nullable(),
    videoId: z.int(),
    createdAt: instant,
    updatedAt: instant,
    deletedAt: instant.nullable(),
    heldForReview: z.boolean(),
    isDeleted: z.boolean(),
    totalRepliesFromVideoAuthor: z.int(),
    totalReplies: z.int(),
    account: accountViewSchema.nullable().describe('Null when the comment was deleted.'),
  })
  .meta({ id: 'Comment' });
export type CommentView = z.output<typeof commentSchema>;

export const threadPageSchema = pageOf(commentSchema).extend({
  totalNotDeletedComments: z.int().describe('Comments of all threads, answers among them.'),
});
export type ThreadPageView = z.output<typeof threadPageSchema>;

export interface CommentTreeView {
  comment: CommentView;
  children: CommentTreeView[];
}

export const commentTreeSchema = z
  .object({
    comment: commentSchema,
    children: z.array(z.looseObject({ comment: commentSchema })).describe('Trees of the same form.'),
  })
  .meta({ id: 'CommentTree' });

export const createdCommentSchema = z.object({ comment: commentSchema });
export type CreatedCommentView = z.output<typeof createdCommentSchema>;
