import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { DateColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';

export const DELIVERY_STATES = ['waiting', 'delivered', 'refused', 'dropped'] as const;

/** `refused`: the host said no for good. `dropped`: an administrator, its age, or a vanished inbox ended it. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One activity for one inbox. Sent per host in the order of the ids. */
@Entity('deliveries')
@Index(['host', 'state', 'id'])
@Index(['state', 'finishedAt'])
export class DeliveryEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column({ type: 'int' })
  outboxActivityId: number;

  @ManyToOne(() => OutboxActivityEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'outboxActivityId' })
  activity?: Relation<OutboxActivityEntity>;

  @Column({ length: 255 })
  host: string;

  @Column({ length: MAX_URL_LENGTH })
  inboxUrl: string;

  @Column({ type: 'varchar', length: 20 })
  state: DeliveryState;

  /** When it was added, or put back by an administrator: from then on it grows old. */
  @DateColumn()
  waitingSince: Date;

  /** Tries that failed so far. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** Those of them that the host's own software answered with an error: the activity may be the cause. */
  @Column({ type: 'int', default: 0 })
  answered: number;

  /** How the last try failed. */
  @TextColumn({ nullable: true })
  lastError: string | null;

  @DateColumn({ nullable: true })
  finishedAt: Date | null;
}
