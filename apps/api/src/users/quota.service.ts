import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockedForUpdate } from '../database/locked-for-update.js';
import { TooLargeError } from '../shared/domain-error.js';
import { UploadSessionEntity } from '../uploads/upload-session.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { UserEntity } from './user.entity.js';

const DAY_MS = 86_400_000;

/** Bytes that count against a user's quota. */
export interface QuotaUse {
  total: number;
  /** Of videos made in the last 24 hours. */
  daily: number;
}

/** What a user stores, and whether more fits. */
@Injectable()
export class QuotaService {
  /** Files, kept originals and uploads under way (their announced size). */
  async used(
    userId: number,
    manager: EntityManager,
    options: { exceptSession?: string } = {},
  ): Promise<QuotaUse> {
    const since = new Date(Date.now() - DAY_MS);
    const [files, filesToday] = await this.sums(manager, userId, since, 'file.size');
    const [originals, originalsToday] = await this.sums(manager, userId, since, 'video.originalSize');
    const pending = await this.pending(manager, userId, options.exceptSession);
    return { total: files + originals + pending, daily: filesToday + originalsToday + pending };
  }

  /**
   * Call within the transaction that stores the bytes: it locks the user's row, so that parallel uploads are counted one
   * after the other. @throws TooLargeError `quota_reached`.
   */
  async assertFits(
    user: UserEntity,
    bytes: number,
    manager: EntityManager,
    options: { exceptSession?: string } = {},
  ): Promise<void> {
    const { videoQuota, videoQuotaDaily } = await lockedForUpdate(manager, UserEntity, { id: user.id });
    if (videoQuota < 0 && videoQuotaDaily < 0) return;
    const { total, daily } = await this.used(user.id, manager, options);
    refuseBeyond(videoQuota, total, bytes, 'in all');
    refuseBeyond(videoQuotaDaily, daily, bytes, 'in 24 hours');
  }

  private async sums(
    manager: EntityManager,
    userId: number,
    since: Date,
    column: 'file.size' | 'video.originalSize',
  ) {
    const query = manager
      .createQueryBuilder(VideoEntity, 'video')
      .innerJoin('video.channel', 'channel')
      .innerJoin('channel.account', 'account')
      .where('account.userId = :userId', { userId })
      .select(`COALESCE(SUM(${column}), 0)`, 'all')
      .addSelect(`COALESCE(SUM(CASE WHEN video.createdAt >= :since THEN ${column} ELSE 0 END), 0)`, 'today')
      .setParameter('since', since);
    if (column === 'file.size') query.innerJoin(VideoFileEntity, 'file', 'file.videoId = video.id');
    const row = await query.getRawOne<{ all: string | number; today: string | number }>();
    return [Number(row?.all ?? 0), Number(row?.today ?? 0)] as const;
  }

  private async pending(manager: EntityManager, userId: number, except: string | undefined): Promise<number> {
    const query = manager
      .createQueryBuilder(UploadSessionEntity, 'session')
      .where('session.userId = :userId AND session.videoUuid IS NULL', { userId })
      .select('COALESCE(SUM(session.size), 0)', 'all');
    if (except) query.andWhere('session.id <> :except', { except });
    return Number((await query.getRawOne<{ all: string | number }>())?.all ?? 0);
  }
}

function refuseBeyond(quota: number, used: number, bytes: number, period: string): void {
  if (quota < 0 || used + bytes <= quota) return;
  throw new TooLargeError(
    `This upload of ${bytes} bytes would exceed your quota of ${quota} bytes ${period} (${used} are used).`,
    'quota_reached',
  );
}
