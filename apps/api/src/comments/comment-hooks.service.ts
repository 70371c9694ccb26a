import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Note } from '@vidiverse/federation';
import { commentReceived, HookRegistry, type ReceivedComment } from '@vidiverse/hooks';
import type { DataSource } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { accountSummary } from '../accounts/account.mapper.js';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { ActivityHeldError, ActivityRefusedError } from '../federation/activity-handlers.js';
import { VideosByUrl } from '../remote-videos/videos-by-url.js';
import { assertAllowed } from '../shared/plugin-refusal.js';
import type { UserEntity } from '../users/user.entity.js';
import { videoReference } from '../videos/video-reference.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { findByUrl } from './comment-rows.js';
import { isGone } from './comment.mapper.js';
import { noteText } from './note-text.js';
import type { AuthoredNote } from './note-thread.service.js';

/** What plugins say to comments, before there is a transaction. */
@Injectable()
export class CommentHooks {
  constructor(
    private readonly registry: HookRegistry,
    private readonly config: Config,
    private readonly videos: VideosByUrl,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** A comment that is written here. @throws PluginRefusalError */
  async assertWritable(
    user: UserEntity,
    video: VideoEntity,
    text: string,
    inReplyToId: number | null,
  ): Promise<void> {
    if (!this.registry.hasHandlers(commentReceived)) return;
    const account = await this.dataSource.manager.findOneOrFail(AccountEntity, {
      where: { userId: user.id },
      relations: { actor: true },
    });
    const { name, displayName, url, host } = accountSummary(account, this.config);
    const author = { name, displayName, url, host };
    const subject = { url: null, isLocal: true, text, author, video: this.reference(video), inReplyToId };
    assertAllowed(await this.registry.guard(commentReceived, subject));
  }

  /** Comments of others that are new here, the first one first. @throws ActivityRefusedError, ActivityHeldError */
  async assertWelcome(thread: AuthoredNote[]): Promise<void> {
    const [first] = thread;
    if (!first || !this.registry.hasHandlers(commentReceived)) return;
    const { manager } = this.dataSource;
    const above = await findByUrl(manager, first.note.inReplyTo!);
    const video = above?.video ?? (await this.videos.find(manager, first.note.inReplyTo!));
    // It went meanwhile: whoever writes the comment finds that out.
    if (!video) return;
    for (const [index, { note, author }] of thread.entries())
      await this.ask(note, author, video, index === 0 ? (above?.id ?? null) : null);
  }

  /** A new version of a comment of others that is here. @throws ActivityRefusedError, ActivityHeldError */
  async assertWelcomeVersion(note: Note, author: ActorEntity): Promise<void> {
    if (!this.registry.hasHandlers(commentReceived)) return;
    const known = await findByUrl(this.dataSource.manager, note.id);
    if (!known || isGone(known) || known.account?.actorId !== author.id) return;
    await this.ask(note, author, known.video!, known.inReplyToId);
  }

  private async ask(
    note: Note,
    { username: name, displayName, url, host }: ActorEntity,
    video: VideoEntity,
    inReplyToId: number | null,
  ): Promise<void> {
    const subject: ReceivedComment = {
      url: note.id,
      isLocal: false,
      text: noteText(note, this.config.interaction.commentLength),
      author: { name, displayName: displayName ?? name, url, host },
      video: this.reference(video),
      inReplyToId,
    };
    const verdict = await this.registry.guard(commentReceived, subject);
    if (verdict.decision === 'allow') return;
    const reason = `by the plugin ${verdict.plugin}: ${verdict.reason}`;
    if (verdict.decision === 'refuse') throw new ActivityRefusedError(`Refused ${reason}`);
    throw new ActivityHeldError(`Held ${reason}`);
  }

  private readonly reference = (video: VideoEntity) => videoReference(video, this.config);
}
