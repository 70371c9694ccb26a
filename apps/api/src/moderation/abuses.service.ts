import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, FindOptionsWhere } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { isLocal } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { OutboxService } from '../federation/outbox.service.js';
import { NotFoundError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { maySee } from '../videos/video-access.js';
import { VideoEntity } from '../videos/video.entity.js';
import { AbuseEntity, AbuseState } from './abuse.entity.js';
import { AbuseSubjects, type Reported } from './abuse-subjects.service.js';
import type { AbuseCreation, AbuseListQuery, AbuseUpdate } from './dto/abuse-requests.js';
import { flagActivity } from './flag-activity.js';
import { InteractionLimits } from './interaction-limits.js';

const SHOWN_WITH = {
  reporterAccount: { actor: true },
  flaggedAccount: { actor: true },
  video: { channel: { actor: true } },
  comment: true,
} as const;

/** Reports, as the staff works through them. */
@Injectable()
export class AbusesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly subjects: AbuseSubjects,
    private readonly limits: InteractionLimits,
    private readonly outbox: OutboxService,
  ) {}

  /** What belongs to another instance is reported to its staff as well. @throws NotFoundError, TooManyRequestsError */
  create(user: UserEntity, creation: AbuseCreation): Promise<AbuseEntity> {
    this.limits.count('report', user);
    return this.dataSource.transaction(async (manager) => {
      const reported = await this.reported(manager, user, creation);
      const reporter = await manager.findOneOrFail(AccountEntity, {
        where: { userId: user.id },
        relations: { actor: true },
      });
      const { reason, predefinedReasons, video } = creation;
      const abuse = await this.save(manager, reported, {
        reason,
        predefinedReasons,
        reporterAccountId: reporter.id,
        startAt: video?.startAt ?? null,
        endAt: video?.endAt ?? null,
      });
      const { actor } = reported.flagged;
      if (!isLocal(actor!)) {
        await this.outbox.send(manager, {
          activity: flagActivity(this.config, abuse, reporter.actor!, actor!, reported.url),
          actor: reporter.actor!,
          inboxes: [actor!.sharedInboxUrl ?? actor!.inboxUrl],
        });
      }
      return abuse;
    });
  }

  save(
    manager: EntityManager,
    { row }: Reported,
    report: Pick<AbuseEntity, 'reason' | 'predefinedReasons' | 'reporterAccountId' | 'startAt' | 'endAt'>,
  ): Promise<AbuseEntity> {
    const pending = { state: AbuseState.Pending, moderationComment: null };
    return manager.save(manager.create(AbuseEntity, { ...row, ...report, ...pending }));
  }

  list({ state, filter, sort, start, count }: AbuseListQuery): Promise<[AbuseEntity[], number]> {
    const where: FindOptionsWhere<AbuseEntity> = {
      ...(state !== undefined && { state }),
      ...(filter && { kind: filter }),
    };
    const direction = sort.descending ? 'DESC' : 'ASC';
    return this.dataSource.manager.findAndCount(AbuseEntity, {
      where,
      relations: SHOWN_WITH,
      order: { [sort.key]: direction, ...(sort.key !== 'id' && { id: direction }) },
      skip: start,
      take: count,
    });
  }

  /** @throws NotFoundError */
  async get(id: number): Promise<AbuseEntity> {
    const abuse = await this.dataSource.manager.findOne(AbuseEntity, {
      where: { id },
      relations: SHOWN_WITH,
    });
    if (!abuse) throw new NotFoundError('Report');
    return abuse;
  }

  /** @throws NotFoundError */
  async update(id: number, changes: AbuseUpdate): Promise<void> {
    const { affected } = await this.dataSource.manager.update(
      AbuseEntity,
      { id },
      { ...changes, updatedAt: new Date() },
    );
    if (!affected) throw new NotFoundError('Report');
  }

  /** @throws NotFoundError */
  async remove(id: number): Promise<void> {
    const { affected } = await this.dataSource.manager.delete(AbuseEntity, { id });
    if (!affected) throw new NotFoundError('Report');
  }

  private async reported(
    manager: EntityManager,
    user: UserEntity,
    { video, comment, account }: AbuseCreation,
  ): Promise<Reported> {
    const found = video
      ? await this.subjects.video(manager, { id: video.id })
      : comment
        ? await this.subjects.comment(manager, { id: comment.id })
        : await this.subjects.account(manager, { id: account!.id });
    if (!found || !(await this.maySee(manager, user, found.row.videoId)))
      throw new NotFoundError(video ? 'Video' : comment ? 'Comment' : 'Account');
    return found;
  }

  /** A report must not tell whether a private video is there. */
  private async maySee(manager: EntityManager, user: UserEntity, videoId: number | null): Promise<boolean> {
    if (videoId === null) return true;
    const video = await manager.findOneOrFail(VideoEntity, {
      where: { id: videoId },
      relations: { channel: { account: true } },
    });
    return maySee(video, user);
  }
}
