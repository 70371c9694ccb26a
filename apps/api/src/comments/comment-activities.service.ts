import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { isLocal } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { Config } from '../config/config.js';
import * as activity from '../federation/activities.js';
import { Audience } from '../federation/audience.service.js';
import { OutboxService } from '../federation/outbox.service.js';
import { isTold } from '../videos/video-access.js';
import { videoUrl } from '../videos/video-object.mapper.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { CommentEntity } from './comment.entity.js';
import { commentNote, commentRecipients } from './comment-object.js';

/**
 * Tells what becomes of comments. Those on a remote video go to its origin, which passes them on; those on ours to all who
 * follow the video's channel, account or instance; all of them to the author's followers and to whom they answer.
 */
@Injectable()
export class CommentActivities {
  constructor(
    private readonly config: Config,
    private readonly actors: LocalActors,
    private readonly audience: Audience,
    private readonly outbox: OutboxService,
  ) {}

  /** The comment as ActivityPub object. Its account and actor must be loaded. */
  async note(manager: EntityManager, comment: CommentEntity, video: VideoEntity) {
    const answered = await this.answered(manager, comment);
    const author = comment.account!.actor!;
    const inReplyTo = answered?.url ?? this.urlOf(video);
    const answeredActor = answered?.account?.actor ?? null;
    const recipients = commentRecipients(video, author, answeredActor);
    return commentNote(comment, author, inReplyTo, answeredActor, recipients);
  }

  /** A new comment of ours. Channel and account of the video must be loaded with their actors. */
  async created(manager: EntityManager, comment: CommentEntity, video: VideoEntity): Promise<void> {
    if (!isKnownElsewhere(video)) return;
    const author = comment.account!.actor!;
    const note = await this.note(manager, comment, video);
    const created = activity.create(author, note, { to: note.to, cc: note.cc });
    const inboxes = await this.inboxes(manager, comment, video, author);
    await this.outbox.send(manager, { activity: created, actor: author, inboxes });
  }

  /** One that was deleted here. Told by its author when that is one of ours, else by whose video it was said about. */
  async removed(manager: EntityManager, comment: CommentEntity, video: VideoEntity): Promise<void> {
    const author = comment.account!.actor!;
    const owner = video.channel!.account!.actor!;
    const teller = isLocal(author) ? author : owner;
    if (!isKnownElsewhere(video) || !isLocal(teller)) return;
    const removed = activity.remove(teller, comment.url!, commentRecipients(video, teller, null));
    const inboxes = await this.inboxes(manager, comment, video, teller);
    if (!isLocal(author)) inboxes.push(inboxOf(author));
    await this.outbox.send(manager, { activity: removed, actor: teller, inboxes });
  }

  /** What others told us about a comment on a video of ours: those who follow the video know it from us only. */
  async passOn(manager: EntityManager, video: VideoEntity, signedBody: string, from: string): Promise<void> {
    if (!isTold(video)) return;
    const inboxes = await this.audience.inboxesOf(manager, await this.involved(video), { except: from });
    await this.outbox.forward(manager, signedBody, inboxes);
  }

  private async inboxes(
    manager: EntityManager,
    comment: CommentEntity,
    video: VideoEntity,
    teller: ActorEntity,
  ): Promise<string[]> {
    const actors = video.remote ? [teller] : [teller, ...(await this.involved(video))];
    const followers = await this.audience.inboxesOf(manager, actors);
    const origin = video.remote ? [inboxOf(video.channel!.account!.actor!)] : [];
    const before = await this.earlier(manager, comment);
    const answered = before.flatMap(({ account }) =>
      account?.actor && !isLocal(account.actor) ? [inboxOf(account.actor)] : [],
    );
    return [...origin, ...followers, ...answered];
  }

  private async involved({ channel }: VideoEntity): Promise<ActorEntity[]> {
    return [channel!.actor!, channel!.account!.actor!, await this.actors.instance()];
  }

  /** What it answers, and what began the thread. */
  private async earlier(
    manager: EntityManager,
    { inReplyToId, threadId }: CommentEntity,
  ): Promise<CommentEntity[]> {
    const ids = [inReplyToId, threadId].filter((id) => id !== null);
    if (ids.length === 0) return [];
    return manager.find(CommentEntity, { where: { id: In(ids) }, relations: { account: { actor: true } } });
  }

  private async answered(manager: EntityManager, comment: CommentEntity): Promise<CommentEntity | null> {
    const earlier = await this.earlier(manager, comment);
    return earlier.find(({ id }) => id === comment.inReplyToId) ?? null;
  }

  private urlOf(video: VideoEntity): string {
    return video.url ?? videoUrl(this.config, video);
  }
}

const inboxOf = ({ sharedInboxUrl, inboxUrl }: ActorEntity): string => sharedInboxUrl ?? inboxUrl;

/** Other servers know of the video, its own among them. */
const isKnownElsewhere = (video: VideoEntity): boolean => video.remote || isTold(video);
