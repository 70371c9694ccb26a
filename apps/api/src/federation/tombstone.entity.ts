import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { DateColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** An object that was deleted, or an activity that was undone: what was issued before and arrives late has no effect. */
@Entity('tombstones')
export class TombstoneEntity extends TimestampedEntity {
  /** Of what was ended, and by whom when that matters (tombstones.ts). */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash: string;

  @Column({ length: MAX_URL_LENGTH })
  url: string;

  /** It has ended for this actor's activities only; null: for everybody's. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  actorUrl: string | null;

  /** By the clock of whoever ended it. */
  @Index()
  @DateColumn()
  endedAt: Date;
}
