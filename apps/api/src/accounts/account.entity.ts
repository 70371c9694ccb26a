import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ActorEntity } from '../actors/actor.entity.js';
import { TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { UserEntity } from '../users/user.entity.js';

/** The public face of a user, or of somebody on another instance; the ActivityPub Person. */
@Entity('accounts')
@Index(['name', 'host'], { unique: true })
export class AccountEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 255 })
  name: string;

  /** Empty for accounts of this instance. */
  @Column({ length: 255, default: '' })
  host: string;

  @Column({ length: 120 })
  displayName: string;

  @TextColumn({ nullable: true })
  description: string | null;

  /** Null for a remote account. */
  @Index({ unique: true })
  @Column({ type: 'int', nullable: true })
  userId: number | null;

  @OneToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId' })
  user?: Relation<UserEntity>;

  @Index({ unique: true })
  @Column({ type: 'int', nullable: true })
  actorId: number | null;

  @OneToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'actorId' })
  actor?: Relation<ActorEntity>;
}
