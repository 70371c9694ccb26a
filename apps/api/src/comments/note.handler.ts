import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Note } from '@vidiverse/federation';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
  refused,
} from '../federation/activity-handlers.js';
import { lockedVideo } from '../videos/locked-video.js';
import { CommentActivities } from './comment-activities.service.js';
import { CommentHooks } from './comment-hooks.service.js';
import { findByUrl } from './comment-rows.js';
import { CommentEntity } from './comment.entity.js';
import { isGone } from './comment.mapper.js';
import { type AuthoredNote, NoteThreads } from './note-thread.service.js';
import { RemoteComments } from './remote-comments.service.js';

type Said = ActivityOf<'Create'> | ActivityOf<'Update'>;

/** Somebody said something about a video elsewhere, or said it otherwise. */
@Injectable()
export class NoteHandler implements ActivityHandler<Said, AuthoredNote[]>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly threads: NoteThreads,
    private readonly comments: RemoteComments,
    private readonly activities: CommentActivities,
    private readonly hooks: CommentHooks,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Create', this);
    this.handlers.on('Update', this);
  }

  concerns({ content }: Said): boolean {
    return content?.type === 'Note';
  }

  /** One that is known hangs where it hangs. */
  async prepare({ type, content }: Said, context: PrepareContext): Promise<AuthoredNote[]> {
    const note = content as Note;
    if (await this.comments.isKnown(note.id)) {
      if (type === 'Update') await this.hooks.assertWelcomeVersion(note, context.actor);
      return [];
    }
    const thread = await this.threads.upwards(note, context);
    await this.hooks.assertWelcome(thread);
    return thread;
  }

  async handle(said: Said, context: HandleContext, thread: AuthoredNote[]): Promise<Outcome> {
    const { manager, row, actor } = context;
    const known = await findByUrl(manager, said.object);
    if (known) return this.change(said, known, context);
    // It was known a moment ago: its video went.
    if (thread.length === 0) return refused('Its video is gone.');
    const video = await this.comments.add(manager, thread);
    if (video && row.signedBody !== null)
      await this.activities.passOn(manager, video, row.signedBody, actor.host);
    return applied();
  }

  private async change(
    { type, content }: Said,
    known: CommentEntity,
    { actor, manager, row }: HandleContext,
  ): Promise<Outcome> {
    if (known.account?.actorId !== actor.id) return refused('It is the comment of another account.');
    if (isGone(known)) return refused('It was deleted before.');
    // The same Create again: by its author, and passed on by the origin.
    if (type === 'Create') return applied();
    await lockedVideo(manager, known.videoId);
    if (!(await this.comments.update(manager, known, content as Note)))
      return refused('It is older than what is known.');
    if (row.signedBody !== null)
      await this.activities.passOn(manager, known.video!, row.signedBody, actor.host);
    return applied();
  }
}
