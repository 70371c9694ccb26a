import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { BigIntColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** Numbers as in PeerTube's API. */
export enum UserRole {
  Administrator = 0,
  Moderator = 1,
  User = 2,
}

/** Someone who can log in. What the public sees of them is their account. */
@Entity('users')
export class UserEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @Column({ length: 50 })
  username: string;

  @Index({ unique: true })
  @Column({ length: 400 })
  email: string;

  /** argon2id; null until the set-up link was used. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  passwordHash: string | null;

  @Column({ type: 'int' })
  role: UserRole;

  /** Bytes; -1 is no limit. */
  @BigIntColumn()
  videoQuota: number;

  /** Bytes in 24 hours; -1 is no limit. */
  @BigIntColumn()
  videoQuotaDaily: number;

  @Column({ default: false })
  blocked: boolean;

  @Column({ default: true })
  p2pEnabled: boolean;
}
