import { accountView } from '../accounts/account.mapper.js';
import { channelSummary } from '../channels/channel.mapper.js';
import { isGone } from '../comments/comment.mapper.js';
import type { KnownPeople } from '../following/known-people.service.js';
import { imagePaths } from '../videos/image-paths.js';
import { type AbuseEntity, AbuseState } from './abuse.entity.js';
import type { AbuseView } from './dto/abuse-views.js';

const LABELS: Record<AbuseState, string> = {
  [AbuseState.Pending]: 'Pending',
  [AbuseState.Rejected]: 'Rejected',
  [AbuseState.Accepted]: 'Accepted',
};

/** PeerTube's JSON of a report. What it is about may be deleted: then the report says what it was. Follows must have been counted. */
export function abuseView(abuse: AbuseEntity, known: KnownPeople): AbuseView {
  const { reporterAccount, flaggedAccount } = abuse;
  return {
    id: abuse.id,
    reason: abuse.reason,
    predefinedReasons: abuse.predefinedReasons,
    state: { id: abuse.state, label: LABELS[abuse.state] },
    moderationComment: abuse.moderationComment,
    reporterAccount: reporterAccount ? accountView(reporterAccount, known) : null,
    flaggedAccount: flaggedAccount ? accountView(flaggedAccount, known) : null,
    video: abuse.kind === 'video' ? videoOf(abuse, known) : null,
    comment: abuse.kind === 'comment' ? commentOf(abuse) : null,
    createdAt: abuse.createdAt.toISOString(),
    updatedAt: abuse.updatedAt.toISOString(),
  };
}

const videoOf = (
  { video, subject, startAt, endAt }: AbuseEntity,
  known: KnownPeople,
): AbuseView['video'] => ({
  id: video?.id ?? null,
  uuid: subject.uuid!,
  name: video?.name ?? subject.name,
  nsfw: video?.nsfw ?? false,
  deleted: !video,
  blacklisted: false,
  thumbnailPath: video ? imagePaths(video).thumbnailPath : null,
  channel: video ? channelSummary(video.channel!, known) : null,
  startAt,
  endAt,
});

const commentOf = ({ comment, video, subject }: AbuseEntity): AbuseView['comment'] => ({
  id: comment?.id ?? null,
  threadId: comment ? (comment.threadId ?? comment.id) : null,
  // What was reported, also when its author has changed or deleted it since.
  text: subject.text!,
  deleted: !comment || isGone(comment),
  video: video ? { id: video.id, uuid: video.uuid, name: video.name } : null,
});
