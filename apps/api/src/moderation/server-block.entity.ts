import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { UserEntity } from '../users/user.entity.js';

/** An instance that nobody here, or one user, wants to hear of. */
@Entity('server_blocks')
export class ServerBlockEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** Who blocked whom (`blockKey`). */
  @Index({ unique: true })
  @Column({ length: 300 })
  key: string;

  /** Null: blocked by the instance, for everybody. */
  @Index()
  @Column({ type: 'int', nullable: true })
  byUserId: number | null;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'byUserId' })
  byUser?: Relation<UserEntity> | null;

  /** As `normalizeHost` writes it. */
  @Index()
  @Column({ length: 255 })
  host: string;
}
