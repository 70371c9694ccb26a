import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** The blacklist of the follow policy: an instance that is never followed back. It does nothing else. */
@Entity('follow_back_exclusions')
export class FollowBackExclusionEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @Column({ length: 255 })
  host: string;

  @TextColumn({ nullable: true })
  note: string | null;
}
