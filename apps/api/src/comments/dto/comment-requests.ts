import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';

const SORTS = ['createdAt', 'totalReplies'] as const;

export const threadListQuery = pageQuery.extend({
  sort: z
    .string()
    .regex(
      new RegExp(`^-?(${SORTS.join('|')})$`),
      `must be one of ${SORTS.join(', ')}, with a leading - for the reverse order`,
    )
    .transform((text) => ({
      key: text.replace(/^-/, '') as (typeof SORTS)[number],
      descending: text.startsWith('-'),
    }))
    .prefault('-createdAt')
    .describe('Order; a leading - reverses it.'),
});
export type ThreadListQuery = z.output<typeof threadListQuery>;

/** The length is bounded by `interaction.commentLength`. */
export const commentCreation = z.object({
  text: z.string({ error: 'is needed' }).trim().min(1, 'must not be empty').describe('Markdown.'),
});
export type CommentCreation = z.output<typeof commentCreation>;

const id = z.coerce.number().int().positive();

export const threadParams = z.object({
  id: z.string().describe('Id, UUID or short UUID of the video.'),
  threadId: id.describe('Id of the comment that begins the thread.'),
});
export type ThreadParams = z.output<typeof threadParams>;

export const commentParams = z.object({
  id: z.string().describe('Id, UUID or short UUID of the video.'),
  commentId: id.describe('Id of the comment.'),
});
export type CommentParams = z.output<typeof commentParams>;
