import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** What the policy said about a follow or a follow-back, and why. Kept as a record: nothing reads it to decide. */
@Entity('policy_verdicts')
export class PolicyVerdictEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** `follow` or `follow-back`. */
  @Index()
  @KeyColumn()
  question: string;

  @Column({ length: MAX_URL_LENGTH })
  actorUrl: string;

  @Index()
  @Column({ length: 255 })
  host: string;

  @Column({ length: MAX_URL_LENGTH })
  targetUrl: string;

  /** `allow`, `hold` or `refuse`. */
  @KeyColumn()
  decision: string;

  @KeyColumn()
  rule: string;

  @TextColumn()
  reason: string;
}
