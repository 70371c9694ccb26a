import { type EntityManager, IsNull } from 'typeorm';
import { recountComments } from './comment-counts.js';
import { CommentEntity } from './comment.entity.js';

/** Erases all that an account said, before it is deleted: its comments keep their places, since others answered them. */
export async function forgetComments(manager: EntityManager, accountId: number): Promise<void> {
  const said = { accountId, deletedAt: IsNull() };
  const comments = await manager.find(CommentEntity, { select: { videoId: true }, where: said });
  const now = new Date();
  await manager.update(CommentEntity, said, { text: '', deletedAt: now, updatedAt: now });
  const videoIds = new Set(comments.map(({ videoId }) => videoId));
  await recountComments(manager, ...[...videoIds].sort((a, b) => a - b));
}
