import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { KeyColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { UserEntity } from '../users/user.entity.js';

/** An account that nobody here, or one user, wants to hear of. */
@Entity('account_blocks')
export class AccountBlockEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** Who blocked whom (`blockKey`): an empty `byUserId` would not keep a block from being there twice. */
  @Index({ unique: true })
  @KeyColumn()
  key: string;

  /** Null: blocked by the instance, for everybody. */
  @Index()
  @Column({ type: 'int', nullable: true })
  byUserId: number | null;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'byUserId' })
  byUser?: Relation<UserEntity> | null;

  @Index()
  @Column({ type: 'int' })
  accountId: number;

  @ManyToOne(() => AccountEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'accountId' })
  account?: Relation<AccountEntity>;
}
