import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  fetchObject,
  type Note,
  PUBLIC,
  readObject,
  RemoteClient,
  sameOrigin,
  SignatureWorkers,
} from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { signedBy } from '../actors/signed-by.js';
import { Config } from '../config/config.js';
import { ActivityRefusedError, type PrepareContext } from '../federation/activity-handlers.js';
import { RemoteVideos } from '../remote-videos/remote-videos.service.js';
import { VideosByUrl } from '../remote-videos/videos-by-url.js';
import { hashUrl } from '../shared/hash-url.js';
import { CommentEntity } from './comment.entity.js';

export interface AuthoredNote {
  note: Note;
  author: ActorEntity;
}

type Asking = Pick<PrepareContext, 'budget' | 'signal'>;

/** Finds how a remote comment hangs together with what is known here, before anything is written. */
@Injectable()
export class NoteThreads {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly client: RemoteClient,
    private readonly workers: SignatureWorkers,
    private readonly local: LocalActors,
    private readonly actors: RemoteActors,
    private readonly videos: VideosByUrl,
    private readonly remoteVideos: RemoteVideos,
  ) {}

  /**
   * The comments from the first unknown one down to this one. What the first one answers is known then: a comment, or a
   * video, which is asked for when it is not. The budget bounds the requests. @throws ActivityRefusedError, RemoteError
   */
  async upwards(note: Note, context: PrepareContext): Promise<AuthoredNote[]> {
    const thread: AuthoredNote[] = [];
    let current: Note | null = note;
    let author = context.actor;
    while (current) {
      assertPublic(current);
      assertBy(current, author);
      thread.unshift({ note: current, author });
      const parent = await this.above(current, context);
      if (parent && thread.length > this.config.interaction.threadDepth)
        throw new ActivityRefusedError('The thread is too deep.');
      if (parent) author = await this.authorOf(parent, context);
      current = parent;
    }
    return thread;
  }

  /** The same for a comment that nobody sent. */
  async of(url: string, { budget, signal }: Asking): Promise<AuthoredNote[]> {
    const note = await this.fetch(url, { budget, signal });
    if (note?.type !== 'Note' || note.attributedTo === null)
      throw new ActivityRefusedError('It is no comment.');
    const actor = await this.actors.byUrl(note.attributedTo, { budget, signal });
    return this.upwards(note, { actor, budget, signal });
  }

  /** The comment above when it is not known; null when what is above is known. */
  private async above({ inReplyTo }: Note, context: PrepareContext): Promise<Note | null> {
    if (inReplyTo === null) throw new ActivityRefusedError('It answers nothing.');
    const { manager } = this.dataSource;
    if (await manager.existsBy(CommentEntity, { urlHash: hashUrl(inReplyTo) })) return null;
    if (await this.videos.find(manager, inReplyTo)) return null;
    if (this.videos.isOurs(inReplyTo)) throw new ActivityRefusedError('It answers what is not here.');
    const above = await this.fetch(inReplyTo, context);
    if (above?.type === 'Note') return above;
    if (above?.type !== 'Video') throw new ActivityRefusedError('It answers neither a video nor a comment.');
    const { budget, signal } = context;
    await this.remoteVideos.ensure(above.id, { budget, signal });
    return null;
  }

  private async fetch(url: string, { budget, signal }: Asking) {
    const sign = signedBy(await this.local.instance());
    const { json } = await fetchObject(this.client, url, { budget, signal, sign });
    return readObject(await this.workers.compact(json));
  }

  private async authorOf({ attributedTo }: Note, { budget, signal }: PrepareContext): Promise<ActorEntity> {
    if (attributedTo === null) throw new ActivityRefusedError('A comment above it is by nobody.');
    return this.actors.byUrl(attributedTo, { budget, signal });
  }
}

/** What was said to some people only is not for everybody to read. */
function assertPublic({ to, cc }: Note): void {
  if (![...to, ...cc].includes(PUBLIC)) throw new ActivityRefusedError('It is not meant for everybody.');
}

function assertBy({ id, attributedTo }: Note, { url, deletedAt }: ActorEntity): void {
  if (attributedTo !== url || !sameOrigin(id, url))
    throw new ActivityRefusedError('It is the comment of another.');
  if (deletedAt) throw new ActivityRefusedError('Its author was deleted.');
}
