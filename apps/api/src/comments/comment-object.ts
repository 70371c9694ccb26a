import type { ActorEntity } from '../actors/actor.entity.js';
import { PUBLIC, type Recipients, toPublic, toWhoHasTheLink } from '../federation/activities.js';
import { VideoPrivacy, type VideoEntity } from '../videos/video.entity.js';
import type { CommentEntity } from './comment.entity.js';

/** ActivityPub id of a comment of ours, as PeerTube forms it. */
export const commentUrl = (base: string, { uuid }: Pick<VideoEntity, 'uuid'>, commentId: number): string =>
  `${base}/videos/watch/${uuid}/comments/${commentId}`;

/** Who a comment is for: whoever may see the video, and by name whom it answers. */
export function commentRecipients(
  video: Pick<VideoEntity, 'privacy'>,
  author: ActorEntity,
  answered: ActorEntity | null,
): Recipients {
  const { to, cc } = video.privacy === VideoPrivacy.Public ? toPublic(author) : toWhoHasTheLink();
  return { to, cc: [...cc, ...(answered ? [answered.url] : [])] };
}

/** A comment of ours as its ActivityPub object. `inReplyTo` is the id of what it answers: a comment or the video. */
export function commentNote(
  comment: CommentEntity,
  author: ActorEntity,
  inReplyTo: string,
  answered: ActorEntity | null,
  recipients: Recipients,
) {
  return {
    ...recipients,
    type: 'Note',
    id: comment.url!,
    content: comment.text,
    mediaType: 'text/markdown',
    inReplyTo,
    published: comment.createdAt.toISOString(),
    updated: comment.updatedAt.toISOString(),
    url: comment.url!,
    attributedTo: author.url,
    replyApproval: null,
    // Mastodon tells whoever is mentioned.
    tag: answered ? [mention(answered)] : [],
  };
}

/** What stands where a comment of ours was. */
export const commentTombstone = (comment: CommentEntity) => ({
  to: [PUBLIC],
  type: 'Tombstone',
  id: comment.url!,
  formerType: 'Note',
  published: comment.createdAt.toISOString(),
  updated: comment.updatedAt.toISOString(),
  deleted: (comment.deletedAt ?? comment.updatedAt).toISOString(),
});

const mention = ({ url, username, host }: ActorEntity) => ({
  type: 'Mention',
  href: url,
  name: `@${username}@${host || new URL(url).host}`,
});
