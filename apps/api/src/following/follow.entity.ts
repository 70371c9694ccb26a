import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ActorEntity, MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { DateColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

export const FOLLOW_STATES = ['pending', 'accepted', 'rejected'] as const;
export type FollowState = (typeof FOLLOW_STATES)[number];

/** That one actor follows another; at least one of the two is ours. */
@Entity('follows')
@Index(['followerId', 'targetId'], { unique: true })
export class FollowEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  followerId: number;

  @ManyToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'followerId' })
  follower?: Relation<ActorEntity>;

  @Index()
  @Column({ type: 'int' })
  targetId: number;

  @ManyToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'targetId' })
  target?: Relation<ActorEntity>;

  @Column({ type: 'varchar', length: 20 })
  state: FollowState;

  /** Id of the Follow activity. */
  @Column({ length: MAX_URL_LENGTH })
  activityUrl: string;

  /** When its latest Follow was issued, by its follower's clock. */
  @DateColumn({ nullable: true })
  issuedAt: Date | null;

  /** Since when it is in this state; null: since it was made. */
  @DateColumn({ nullable: true })
  since: Date | null;

  /** Why it is in this state, in words for administrators. */
  @TextColumn({ nullable: true })
  reason: string | null;

  /** The policy's rule, `administrator`, or `peer` for the other side. */
  @KeyColumn({ nullable: true })
  decidedBy: string | null;
}
