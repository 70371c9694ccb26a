import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BigIntColumn, DateColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import type { JobState } from './job-queue.js';

/** Any JSON value, also null and plain strings, which simple-json does not keep. */
const PayloadColumn = () =>
  TextColumn({
    transformer: {
      to: (value: unknown) => JSON.stringify(value ?? null),
      from: (text: string) => JSON.parse(text) as unknown,
    },
  });

/** A job. The row is the truth for both adapters; Redis holds a copy of the work and may be emptied at any time. */
@Entity('jobs')
@Index(['state', 'kind', 'priority', 'id'])
@Index(['state', 'runAt'])
export class JobEntity extends TimestampedEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;

  @Column({ length: 100 })
  kind: string;

  @PayloadColumn()
  payload: object | string | number | boolean | null;

  @Column({ type: 'varchar', length: 20 })
  state: JobState;

  /** Smaller runs first. */
  @Column({ type: 'int', default: 0 })
  priority: number;

  /** Not before. */
  @DateColumn()
  runAt: Date;

  /** Failed tries so far. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  @Column({ type: 'int', default: 1 })
  maxAttempts: number;

  /** How often its process died under it. */
  @Column({ type: 'int', default: 0 })
  crashes: number;

  /** 0 to 100. */
  @Column({ type: 'int', default: 0 })
  progress: number;

  @TextColumn({ nullable: true })
  lastError: string | null;

  /** Who runs it; a late write of another holder is refused. */
  @KeyColumn({ nullable: true })
  leaseHolder: string | null;

  /** When the lease ends, in milliseconds since 1970. */
  @BigIntColumn({ nullable: true })
  leaseUntil: number | null;

  /** Somebody cancelled it while it ran; its worker stops it at the next beat. */
  @Column({ default: false })
  cancelRequested: boolean;

  /** `<kind>:<hash of the key>`; null once finished. At most one unfinished job per kind has the same key. */
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 190, nullable: true })
  uniqueKey: string | null;

  @DateColumn({ nullable: true })
  startedAt: Date | null;

  @Index()
  @DateColumn({ nullable: true })
  finishedAt: Date | null;
}
