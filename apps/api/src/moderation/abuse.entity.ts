import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { JsonColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoEntity } from '../videos/video.entity.js';

/** Numbers as in PeerTube's API. */
export enum AbuseState {
  Pending = 1,
  Rejected = 2,
  Accepted = 3,
}

export const ABUSE_KINDS = ['video', 'comment', 'account'] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];

/** What a report names when what it is about was deleted meanwhile. */
export interface AbuseSubject {
  /** Title of the video, or name of the account. */
  name: string;
  /** Of the video. */
  uuid?: string;
  /** Of the comment. */
  text?: string;
}

/** A report to the staff, by a user or from another instance; the ActivityPub Flag. */
@Entity('abuses')
export class AbuseEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column({ type: 'int' })
  state: AbuseState;

  @KeyColumn()
  kind: AbuseKind;

  /** Plain text. */
  @TextColumn()
  reason: string;

  /** PeerTube's words for common reasons, such as `spamOrMisleading`. */
  @JsonColumn()
  predefinedReasons: string[];

  /** Of the staff, for the staff. */
  @TextColumn({ nullable: true })
  moderationComment: string | null;

  @JsonColumn()
  subject: AbuseSubject;

  /** Seconds into the video. */
  @Column({ type: 'int', nullable: true })
  startAt: number | null;

  @Column({ type: 'int', nullable: true })
  endAt: number | null;

  @Index()
  @Column({ type: 'int', nullable: true })
  reporterAccountId: number | null;

  @ManyToOne(() => AccountEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'reporterAccountId' })
  reporterAccount?: Relation<AccountEntity> | null;

  /** Whose video, comment or account is reported. */
  @Index()
  @Column({ type: 'int', nullable: true })
  flaggedAccountId: number | null;

  @ManyToOne(() => AccountEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'flaggedAccountId' })
  flaggedAccount?: Relation<AccountEntity> | null;

  @Column({ type: 'int', nullable: true })
  videoId: number | null;

  @ManyToOne(() => VideoEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'videoId' })
  video?: Relation<VideoEntity> | null;

  @Column({ type: 'int', nullable: true })
  commentId: number | null;

  @ManyToOne(() => CommentEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'commentId' })
  comment?: Relation<CommentEntity> | null;
}
