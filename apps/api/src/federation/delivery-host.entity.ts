import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DateColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** How deliveries to one host are going: the state of its back-off and breaker. */
@Entity('delivery_hosts')
export class DeliveryHostEntity extends TimestampedEntity {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  host: string;

  /** Failures in a row. */
  @Column({ type: 'int', default: 0 })
  failures: number;

  /** Begin of the present row of failures. */
  @DateColumn({ nullable: true })
  failingSince: Date | null;

  /** Nothing is sent before. */
  @DateColumn({ nullable: true })
  nextAttemptAt: Date | null;

  @DateColumn({ nullable: true })
  lastSuccessAt: Date | null;

  @TextColumn({ nullable: true })
  lastError: string | null;

  /** An administrator stopped it; what is to be sent waits. */
  @Column({ default: false })
  paused: boolean;
}
