import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { BigIntColumn, DateColumn, JsonColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';

/**
 * `wanted`: its fetching waits. `fetching`: some pieces may be here. `cached`: whole, proven, served and told. `evicting`: told
 * to be gone; its bytes are being removed. `failed`: nothing of it is here, and it is left alone until `retryAt`.
 */
export type CopyState = 'wanted' | 'fetching' | 'cached' | 'evicting' | 'failed';

/** Whose budget it is in when an administrator asked for it. */
export const MANUAL = 'manual';

/** Our copy of a file of another instance's video. It outlives the video's row: what was told must be taken back. */
@Entity('cached_files')
export class CachedFileEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** Null when the video is gone, or has other files. */
  @Index({ unique: true })
  @Column({ type: 'int', nullable: true })
  videoFileId: number | null;

  @OneToOne(() => VideoFileEntity, (file) => file.copy, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'videoFileId' })
  videoFile?: Relation<VideoFileEntity> | null;

  @KeyColumn()
  videoUuid: string;

  /** ActivityPub id of the video. */
  @Column({ length: MAX_URL_LENGTH })
  videoUrl: string;

  /** Of the origin. */
  @Column({ length: 255 })
  host: string;

  @Column({ length: MAX_URL_LENGTH })
  originInboxUrl: string;

  /** In the storage area `redundancy`, and in its address. */
  @Index({ unique: true })
  @Column({ length: 255 })
  filename: string;

  /** In the storage area `redundancy-torrents`. */
  @Index({ unique: true })
  @Column({ length: 255 })
  torrentFilename: string;

  @KeyColumn()
  mediaType: string;

  @Column({ type: 'int' })
  resolution: number;

  @Column({ type: 'int' })
  fps: number;

  /** Bytes. */
  @BigIntColumn()
  size: number;

  /** What its torrent must have: 40 hex digits. */
  @Column({ length: 40 })
  infoHash: string;

  /** Whose budget it is in. */
  @KeyColumn()
  strategy: string;

  /** Why it was chosen, or why it goes, in words for administrators. */
  @TextColumn()
  reason: string;

  @Index()
  @Column({ type: 'varchar', length: 20 })
  state: CopyState;

  /** That fetches it. */
  @KeyColumn({ nullable: true })
  jobId: string | null;

  /** Bytes of the pieces that are here and proven; written now and then. */
  @BigIntColumn({ default: 0 })
  verifiedBytes: number;

  /** Bytes of proven pieces by the seed that sent them. */
  @JsonColumn()
  bytesFrom: Record<string, number>;

  /** Seeds that sent wrong bytes of this file: asked for nothing of it any more. */
  @JsonColumn()
  badSeeds: string[];

  /** Bytes of it that left this instance. */
  @BigIntColumn({ default: 0 })
  servedBytes: number;

  /** Why the last try failed. */
  @TextColumn({ nullable: true })
  error: string | null;

  @DateColumn({ nullable: true })
  retryAt: Date | null;

  @DateColumn({ nullable: true })
  cachedAt: Date | null;

  /** `updated` of the video's document that is kept; null when none is. */
  @DateColumn({ nullable: true })
  documentAt: Date | null;

  /** The account whose Linked Data Signature the document has; null when its instance signs none. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  documentSignedBy: string | null;

  /** When its instance was asked for it. */
  @DateColumn({ nullable: true })
  documentAskedAt: Date | null;

  /** Until when it is promised to others. */
  @DateColumn({ nullable: true })
  expiresAt: Date | null;
}
