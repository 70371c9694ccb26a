import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { FederationError, parseHandle, RemoteError } from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import { type ActorEntity, isLocal } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { inTransaction } from '../database/in-transaction.js';
import { defineJob, exponentialBackoff, JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { DomainError, UnprocessableError } from '../shared/domain-error.js';
import { FollowBlocks } from './follow-blocks.js';
import { Followed } from './followed.service.js';
import { FollowTargetEntity } from './follow-target.entity.js';

/** Looks for what is to be followed. A server that is down is asked for some hours. */
export const followTargetJob = defineJob<{ targetId: number }>({
  name: 'following.find',
  attempts: 10,
  backoff: exponentialBackoff(5_000, 2 * 3600_000),
});

/** Finds the actor behind a handle or a host, and asks to follow it as our instance. */
@Injectable()
export class FollowTargetJob implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly local: LocalActors,
    private readonly remote: RemoteActors,
    private readonly followed: Followed,
    private readonly blocks: FollowBlocks,
  ) {}

  onModuleInit(): void {
    this.queue.process(followTargetJob, (job) => this.run(job));
  }

  private async run({ payload, attempts, signal }: RunningJob<{ targetId: number }>): Promise<void> {
    const targets = this.dataSource.getRepository(FollowTargetEntity);
    const id = payload.targetId;
    const wanted = await targets.findOneBy({ id });
    if (!wanted) return;
    try {
      const target = await this.find(wanted.handle, signal);
      const follower = await this.local.instance();
      await inTransaction(this.dataSource, async (manager) => {
        const blocked = await this.blocks.reasonFor(target, manager);
        if (blocked !== null) throw new UnprocessableError(blocked, 'blocked');
        // Whoever took it back meanwhile wants no follow.
        const { affected } = await manager.delete(FollowTargetEntity, { id });
        if (affected) await this.followed.ask(manager, follower, target, 'administrator');
      });
    } catch (error) {
      if (signal.aborted) throw error;
      const passing = !isFinal(error);
      const isLast = !passing || attempts + 1 >= followTargetJob.attempts;
      const state = isLast ? ('failed' as const) : ('looking' as const);
      await targets.update({ id }, { state, reason: (error as Error).message, updatedAt: new Date() });
      if (passing) throw error;
    }
  }

  private async find(handle: string, signal: AbortSignal): Promise<ActorEntity> {
    const parsed = parseHandle(handle);
    const actor = await (parsed
      ? this.remote.byHandle(parsed, { signal })
      : this.remote.ofInstance(handle, { signal }));
    if (isLocal(actor)) throw new UnprocessableError('It is of this instance.', 'own_actor');
    if (actor.deletedAt) throw new UnprocessableError('It was deleted.', 'deleted_actor');
    return actor;
  }
}

/** Whether asking again would be answered the same. */
const isFinal = (error: unknown): boolean =>
  error instanceof RemoteError
    ? !error.retryable
    : (error instanceof FederationError || error instanceof DomainError) && error.status < 500;
