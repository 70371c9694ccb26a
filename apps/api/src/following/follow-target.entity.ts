import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** `looking`: its server is being asked. `failed`: nobody tries any more. */
export type FollowTargetState = 'looking' | 'failed';

/** What an administrator asked to follow and that was not found yet; once it is, there is a follow instead. */
@Entity('follow_targets')
export class FollowTargetEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** `name@host`, or the host of an instance. */
  @Index({ unique: true })
  @Column({ length: 400 })
  handle: string;

  @KeyColumn()
  state: FollowTargetState;

  /** How the last look failed, in words. */
  @TextColumn({ nullable: true })
  reason: string | null;
}
