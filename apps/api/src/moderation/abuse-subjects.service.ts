import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { isGone } from '../comments/comment.mapper.js';
import { Config } from '../config/config.js';
import { hashUrl } from '../shared/hash-url.js';
import { parseVideoId } from '../videos/short-uuid.js';
import { videoUrl } from '../videos/video-object.mapper.js';
import { VideoEntity } from '../videos/video.entity.js';
import type { AbuseEntity } from './abuse.entity.js';

/** What a report is about, and who is told when that is somebody else's. */
export interface Reported {
  row: Pick<AbuseEntity, 'kind' | 'subject' | 'flaggedAccountId' | 'videoId' | 'commentId'>;
  flagged: AccountEntity;
  url: string;
}

const withOwner = { channel: { account: { actor: true } } } as const;
const withAuthor = { account: { actor: true }, video: true } as const;

/** Finds what is reported, by id or by ActivityPub id. */
@Injectable()
export class AbuseSubjects {
  constructor(private readonly config: Config) {}

  async video(manager: EntityManager, where: FindOptionsWhere<VideoEntity>): Promise<Reported | null> {
    const video = await manager.findOne(VideoEntity, { where, relations: withOwner });
    if (!video) return null;
    const flagged = video.channel!.account!;
    const subject = { name: video.name, uuid: video.uuid };
    return {
      row: { kind: 'video', subject, flaggedAccountId: flagged.id, videoId: video.id, commentId: null },
      flagged,
      url: video.url ?? videoUrl(this.config, video),
    };
  }

  async comment(manager: EntityManager, where: FindOptionsWhere<CommentEntity>): Promise<Reported | null> {
    const comment = await manager.findOne(CommentEntity, { where, relations: withAuthor });
    if (!comment || isGone(comment)) return null;
    const flagged = comment.account!;
    const subject = { name: comment.video!.name, uuid: comment.video!.uuid, text: comment.text };
    return {
      row: {
        kind: 'comment',
        subject,
        flaggedAccountId: flagged.id,
        videoId: comment.videoId,
        commentId: comment.id,
      },
      flagged,
      url: comment.url!,
    };
  }

  async account(manager: EntityManager, where: FindOptionsWhere<AccountEntity>): Promise<Reported | null> {
    const flagged = await manager.findOne(AccountEntity, { where, relations: { actor: true } });
    if (!flagged) return null;
    const subject = { name: flagged.name };
    return {
      row: { kind: 'account', subject, flaggedAccountId: flagged.id, videoId: null, commentId: null },
      flagged,
      url: flagged.actor!.url,
    };
  }

  /** Something of ours that another server names by its id; null when there is no such thing here. */
  async byUrl(manager: EntityManager, url: string): Promise<Reported | null> {
    const urlHash = hashUrl(url);
    const own = `${this.config.url}/videos/watch/`;
    const where = url.startsWith(own) ? parseVideoId(url.slice(own.length)) : null;
    return (
      (where && (await this.video(manager, { ...where, remote: false }))) ??
      (await this.comment(manager, { urlHash, account: { host: '' } })) ??
      (await this.comment(manager, { urlHash, video: { remote: false } })) ??
      (await this.account(manager, { host: '', actor: { urlHash } }))
    );
  }
}
