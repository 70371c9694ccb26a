import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ActorEntity, MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { BigIntColumn, DateColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';

/**
 * `unchecked`: offered, and shown to nobody. `listed`: the bytes that were looked at are right. `quarantined`: the last check
 * failed; it is looked at again. `dropped`: it failed too often, and is looked at no more.
 */
export type SeedState = 'unchecked' | 'listed' | 'quarantined' | 'dropped';

/** A copy of one file that a cache instance offers as a WebSeed, by a CacheFile of its instance actor. */
@Entity('web_seeds')
export class WebSeedEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column({ type: 'int' })
  fileId: number;

  @ManyToOne(() => VideoFileEntity, (file) => file.webSeeds, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'fileId' })
  file?: Relation<VideoFileEntity>;

  @Index()
  @Column({ type: 'int' })
  actorId: number;

  @ManyToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'actorId' })
  actor?: Relation<ActorEntity>;

  /** Of the actor, and so of `url`. */
  @Index()
  @Column({ length: 255 })
  host: string;

  /** Id of the CacheFile. */
  @Column({ length: MAX_URL_LENGTH })
  cacheFileUrl: string;

  /** `hashUrl(cacheFileUrl)` */
  @Index({ unique: true })
  @KeyColumn()
  cacheFileHash: string;

  /** Where the copy is served. */
  @Column({ length: MAX_URL_LENGTH })
  url: string;

  /** Null: until it is taken back. */
  @Index()
  @DateColumn({ nullable: true })
  expiresAt: Date | null;

  /** When what stands here was said, by the clock of who said it: what is older and comes later changes nothing. */
  @DateColumn({ nullable: true })
  saidAt: Date | null;

  @Column({ type: 'varchar', length: 20 })
  state: SeedState;

  /** Failed checks in a row. */
  @Column({ type: 'int', default: 0 })
  errors: number;

  /** Of its checks, the newest counting most: 0 never failed, 1 always. */
  @Column({ type: 'double', default: 0 })
  failureRate: number;

  /** Bytes per second, the newest measurements counting most; null before the first. */
  @BigIntColumn({ nullable: true })
  throughput: number | null;

  @DateColumn({ nullable: true })
  checkedAt: Date | null;

  /** When it is looked at again; null: not any more. */
  @Index()
  @DateColumn({ nullable: true })
  checkDueAt: Date | null;

  /** Why the last check failed, in words for administrators. */
  @TextColumn({ nullable: true })
  lastError: string | null;

  /** What is to be passed on to followers, as it was signed, once the copy has been checked. */
  @TextColumn({ nullable: true, select: false })
  untold: string | null;

  /** Whether followers were told of it. */
  @Column({ default: false })
  told: boolean;
}
