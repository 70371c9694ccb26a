import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  crawlCollection,
  FetchBudget,
  FederationError,
  RemoteClient,
  RemoteError,
} from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import { LocalActors } from '../actors/local-actors.service.js';
import { signedBy } from '../actors/signed-by.js';
import { Config } from '../config/config.js';
import { ActivityHeldError, ActivityRefusedError } from '../federation/activity-handlers.js';
import { JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { type ReactionsOf, readReactions } from '../remote-videos/read-reactions.js';
import { DomainError } from '../shared/domain-error.js';
import { VideoEntity } from '../videos/video.entity.js';
import { CommentHooks } from './comment-hooks.service.js';
import { NoteThreads } from './note-thread.service.js';
import { RemoteComments } from './remote-comments.service.js';

/** PeerTube puts ten items on a page. */
const ITEMS_PER_PAGE = 10;
/** What a column for whole numbers holds. */
const MAX_COUNT = 2 ** 31 - 1;

/** Brings likes and comments of a remote video here that were there before it was known. */
@Injectable()
export class ReadReactionsJob implements OnModuleInit {
  private readonly logger = new Logger('Comments');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly client: RemoteClient,
    private readonly local: LocalActors,
    private readonly threads: NoteThreads,
    private readonly comments: RemoteComments,
    private readonly hooks: CommentHooks,
  ) {}

  onModuleInit(): void {
    this.queue.process(readReactions, (job) => this.run(job));
  }

  private async run({ payload, signal }: RunningJob<ReactionsOf>): Promise<void> {
    try {
      await this.read(payload, signal);
    } catch (error) {
      signal.throwIfAborted();
      // It is asked again when the video is refreshed.
      if (!isTheirs(error)) throw error;
      this.logger.debug(`reactions to video ${payload.videoId} cannot be had: ${(error as Error).message}`);
    }
  }

  private async read(reactions: ReactionsOf, signal: AbortSignal): Promise<void> {
    const { videoId, comments } = reactions;
    const video = await this.dataSource.manager.findOneBy(VideoEntity, { id: videoId, remote: true });
    if (!video) return;
    await this.count(reactions, signal);
    if (comments === null || !video.commentsEnabled) return;
    const maxItems = this.config.federation.videos.earlierComments;
    for await (const item of this.crawl(comments, maxItems, signal)) {
      const url = typeof item === 'string' ? item : item.id;
      if (typeof url === 'string' && !(await this.comments.isKnown(url))) await this.bring(url, signal);
    }
  }

  private async count({ videoId, likes, dislikes }: ReactionsOf, signal: AbortSignal): Promise<void> {
    const changes = {
      ...(likes !== null && { likes: await this.totalOf(likes, signal) }),
      ...(dislikes !== null && { dislikes: await this.totalOf(dislikes, signal) }),
    };
    if (Object.keys(changes).length > 0)
      await this.dataSource.manager.update(VideoEntity, { id: videoId }, changes);
  }

  private async totalOf(url: string, signal: AbortSignal): Promise<number> {
    let total = 0;
    const onTotal = (number: number) => (total = Math.min(number, MAX_COUNT));
    await this.crawl(url, 0, signal, onTotal).next();
    return total;
  }

  private async *crawl(
    url: string,
    maxItems: number,
    signal: AbortSignal,
    onTotal?: (total: number) => void,
  ): AsyncGenerator<string | { id?: unknown }> {
    const sign = signedBy(await this.local.instance());
    const maxPages = 1 + Math.ceil(maxItems / ITEMS_PER_PAGE);
    yield* crawlCollection(this.client, url, { sign, signal, maxPages, maxItems, onTotal });
  }

  /** One that cannot be had, or is none for us, keeps no other from coming. */
  private async bring(url: string, signal: AbortSignal): Promise<void> {
    try {
      const thread = await this.threads.of(url, { budget: new FetchBudget(), signal });
      await this.hooks.assertWelcome(thread);
      await this.dataSource.transaction((manager) => this.comments.add(manager, thread));
    } catch (error) {
      signal.throwIfAborted();
      if (!isTheirs(error)) throw error;
      this.logger.debug(`${url} does not come here: ${(error as Error).message}`);
    }
  }
}

const isTheirs = (error: unknown): boolean =>
  [ActivityRefusedError, ActivityHeldError, RemoteError, FederationError, DomainError].some(
    (kind) => error instanceof kind,
  );
