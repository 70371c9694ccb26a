import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { KeyColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoEntity } from '../videos/video.entity.js';

export const RATES = ['like', 'dislike'] as const;
export type Rate = (typeof RATES)[number];

/** What an account, ours or remote, thinks of a video: one thing at a time. A change makes a new row, and so a new id. */
@Entity('video_rates')
@Index(['accountId', 'videoId'], { unique: true })
@Index(['videoId', 'type'])
export class VideoRateEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  accountId: number;

  @ManyToOne(() => AccountEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'accountId' })
  account?: Relation<AccountEntity>;

  @Column({ type: 'int' })
  videoId: number;

  @ManyToOne(() => VideoEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'videoId' })
  video?: Relation<VideoEntity>;

  @KeyColumn()
  type: Rate;

  /** Id of the activity by which a remote account said so; ours follows from the row's id. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  url: string | null;
}
