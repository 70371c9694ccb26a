import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

export type StageName = 'probe' | 'fast-start' | 'thumbnail' | 'rendition' | 'torrent' | 'publish';
export type StageStatus = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';

/** One step of a video's processing, as shown to its owner. */
@Entity('processing_stages')
@Index(['videoId', 'name', 'detail'], { unique: true })
export class ProcessingStageEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  videoId: number;

  @Column({ type: 'varchar', length: 20 })
  name: StageName;

  /** Tells several of one name apart: the height of a rendition; otherwise empty. */
  @Column({ length: 20, default: '' })
  detail: string;

  @Column({ type: 'varchar', length: 20 })
  status: StageStatus;

  /** 0 to 100. */
  @Column({ type: 'int', default: 0 })
  progress: number;

  /** Why it failed or was skipped, in words for the owner. */
  @TextColumn({ nullable: true })
  message: string | null;
}
