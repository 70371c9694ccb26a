import type { KnownPeople } from '../following/known-people.service.js';
import type { CommentEntity } from './comment.entity.js';
import { commentView, isGone, type ReplyCounts } from './comment.mapper.js';
import type { CommentTreeView } from './dto/comment-view.js';

interface Node {
  comment: CommentEntity;
  children: Node[];
  counts: ReplyCounts;
}

/**
 * The thread as a tree, from all its comments in the order of their ids; an answer has a greater id than what it answers.
 * What was deleted stays where something readable hangs on it. Null when nothing is left.
 */
export function commentTree(
  comments: CommentEntity[],
  videoAuthorId: number,
  known: KnownPeople,
): CommentTreeView | null {
  const nodes = new Map<number, Node>();
  for (const comment of comments)
    nodes.set(comment.id, { comment, children: [], counts: { replies: 0, fromAuthor: 0 } });
  let root: Node | null = null;
  for (const node of [...nodes.values()].reverse()) {
    const { comment, counts, children } = node;
    const gone = isGone(comment);
    if (gone && children.length === 0) continue;
    if (comment.inReplyToId === null) {
      root = node;
      continue;
    }
    const parent = nodes.get(comment.inReplyToId);
    if (!parent) continue;
    parent.children.unshift(node);
    parent.counts.replies += counts.replies + (gone ? 0 : 1);
    parent.counts.fromAuthor += counts.fromAuthor + (!gone && comment.accountId === videoAuthorId ? 1 : 0);
  }
  return root && view(root, known);
}

const view = ({ comment, children, counts }: Node, known: KnownPeople): CommentTreeView => ({
  comment: commentView(comment, known, counts),
  children: children.map((child) => view(child, known)),
});
