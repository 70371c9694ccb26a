import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { FollowEntity } from './follow.entity.js';

export type CrawlState = 'waiting' | 'running' | 'done' | 'failed';

/** How far the outbox of a followed actor was read, for what it published before. Each beginning is a new row. */
@Entity('outbox_crawls')
export class OutboxCrawlEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @Column({ type: 'int' })
  followId: number;

  @OneToOne(() => FollowEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'followId' })
  follow?: Relation<FollowEntity>;

  @KeyColumn()
  state: CrawlState;

  /** Items that the outbox says it has; null until it was asked. */
  @Column({ type: 'int', nullable: true })
  total: number | null;

  /** Items looked at, from the newest on. */
  @Column({ type: 'int', default: 0 })
  fetched: number;

  /** Those of them that could not be had. */
  @Column({ type: 'int', default: 0 })
  skipped: number;

  @TextColumn({ nullable: true })
  error: string | null;
}
