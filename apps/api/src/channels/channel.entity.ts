import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ActorEntity } from '../actors/actor.entity.js';
import { TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** Where videos are published; the ActivityPub Group. Owned by one account. */
@Entity('channels')
@Index(['name', 'host'], { unique: true })
export class ChannelEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 255 })
  name: string;

  /** Empty for channels of this instance. */
  @Column({ length: 255, default: '' })
  host: string;

  @Column({ length: 120 })
  displayName: string;

  @TextColumn({ nullable: true })
  description: string | null;

  @TextColumn({ nullable: true })
  support: string | null;

  @Index()
  @Column({ type: 'int' })
  accountId: number;

  @ManyToOne(() => AccountEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'accountId' })
  account?: Relation<AccountEntity>;

  @Index({ unique: true })
  @Column({ type: 'int', nullable: true })
  actorId: number | null;

  @OneToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'actorId' })
  actor?: Relation<ActorEntity>;
}
