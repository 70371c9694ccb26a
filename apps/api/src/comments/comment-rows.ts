import type { EntityManager } from 'typeorm';
import { hashUrl } from '../shared/hash-url.js';
import { recountComments } from './comment-counts.js';
import { CommentEntity } from './comment.entity.js';

/** Where in its thread a comment stands. */
export const placeIn = (videoId: number, answered: CommentEntity | null) => ({
  videoId,
  inReplyToId: answered?.id ?? null,
  threadId: answered ? (answered.threadId ?? answered.id) : null,
  depth: answered ? answered.depth + 1 : 0,
});

/** By its ActivityPub id, with author, and with the video and whose it is. */
export const findByUrl = (manager: EntityManager, url: string): Promise<CommentEntity | null> =>
  manager.findOne(CommentEntity, {
    where: { urlHash: hashUrl(url) },
    relations: {
      account: { actor: true },
      video: { channel: { actor: true, account: { actor: true } } },
    },
  });

/** Leaves nothing of it but its place. The row of the video must be locked. */
export async function eraseComment(manager: EntityManager, comment: CommentEntity, at: Date): Promise<void> {
  const changes = { text: '', deletedAt: at, updatedAt: at };
  Object.assign(comment, changes);
  await manager.update(CommentEntity, { id: comment.id }, changes);
  await recountComments(manager, comment.videoId);
}
