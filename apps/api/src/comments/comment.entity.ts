import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { DateColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoEntity } from '../videos/video.entity.js';

/** What somebody said about a video, here or on another instance; the ActivityPub Note. */
@Entity('comments')
@Index(['videoId', 'threadId'])
export class CommentEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** Its ActivityPub id; null for an instant while a comment of ours is written. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  url: string | null;

  /** `hashUrl(url)` */
  @Index({ unique: true })
  @KeyColumn({ nullable: true })
  urlHash: string | null;

  @Column({ type: 'int' })
  videoId: number;

  @ManyToOne(() => VideoEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'videoId' })
  video?: Relation<VideoEntity>;

  /** Null when the account is gone: others' answers to it stay. */
  @Index()
  @Column({ type: 'int', nullable: true })
  accountId: number | null;

  @ManyToOne(() => AccountEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'accountId' })
  account?: Relation<AccountEntity> | null;

  /** The comment that begins the thread; null for that one itself. */
  @Index()
  @Column({ type: 'int', nullable: true })
  threadId: number | null;

  /** Null for a comment on the video itself. No foreign key: MySQL follows a chain of its own rows for 15 steps only. */
  @Column({ type: 'int', nullable: true })
  inReplyToId: number | null;

  /** 0 for a comment on the video itself. */
  @Column({ type: 'int', default: 0 })
  depth: number;

  /** Markdown or plain text, never HTML; empty once it is deleted. */
  @TextColumn()
  text: string;

  /** It stays without its text: answers hang on it, and it must not come back. */
  @DateColumn({ nullable: true })
  deletedAt: Date | null;
}
