import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BigIntColumn, DateColumn, JsonColumn, KeyColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** A resumable upload that has begun. The bytes stand in `<data>/uploads/<id>`; their count on disk is the truth. */
@Entity('upload_sessions')
export class UploadSessionEntity extends TimestampedEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;

  @Index()
  @Column({ type: 'int' })
  userId: number;

  /** The uploader's name for the file: shown, never used as a path. */
  @Column({ length: 255 })
  filename: string;

  /** Bytes announced. */
  @BigIntColumn()
  size: number;

  /** The video's fields as validated when the upload began. */
  @JsonColumn()
  metadata: Record<string, unknown>;

  @Index()
  @DateColumn()
  expiresAt: Date;

  /** Set when the upload became a video; a repeated last request gets the same answer. */
  @KeyColumn({ nullable: true })
  videoUuid: string | null;
}
