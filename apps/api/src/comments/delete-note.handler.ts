import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { bury } from '../federation/tombstones.js';
import { lockedVideo } from '../videos/locked-video.js';
import { CommentActivities } from './comment-activities.service.js';
import { eraseComment, findByUrl } from './comment-rows.js';
import { isGone } from './comment.mapper.js';
import { RemoteComments } from './remote-comments.service.js';

type Delete = ActivityOf<'Delete'>;

/** A comment is gone: its author took it back, or whose video it is about does not want it. */
@Injectable()
export class DeleteNoteHandler implements ActivityHandler<Delete>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly comments: RemoteComments,
    private readonly activities: CommentActivities,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Delete', this);
  }

  concerns({ object }: Delete): Promise<boolean> {
    return this.comments.isKnown(object);
  }

  async handle({ object }: Delete, { actor, manager, row }: HandleContext): Promise<Outcome> {
    const comment = await findByUrl(manager, object);
    if (!comment) return refused('There is no such comment.');
    const owner = comment.video!.channel!.account!;
    if (comment.account?.actorId !== actor.id && owner.actorId !== actor.id)
      return refused('It is neither the comment nor the video of this account.');
    if (isGone(comment)) return applied();
    await lockedVideo(manager, comment.videoId);
    await eraseComment(manager, comment, new Date());
    await bury(manager, { url: object, at: row.issuedAt });
    if (row.signedBody !== null)
      await this.activities.passOn(manager, comment.video!, row.signedBody, actor.host);
    return applied();
  }
}
