import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { DateColumn, KeyColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** An access token with its refresh token, both as SHA-256: a stolen database opens no session. */
@Entity('oauth_tokens')
export class OAuthTokenEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @KeyColumn()
  accessTokenHash: string;

  @DateColumn()
  accessTokenExpiresAt: Date;

  @Index({ unique: true })
  @KeyColumn()
  refreshTokenHash: string;

  @DateColumn()
  refreshTokenExpiresAt: Date;

  /** Tokens refreshed from one login share a family; using a refresh token twice ends all of it. */
  @Index()
  @KeyColumn()
  family: string;

  /** When it was refreshed or revoked; kept until it would have expired, to notice a second use. */
  @DateColumn({ nullable: true })
  revokedAt: Date | null;

  @Index()
  @Column({ type: 'int' })
  userId: number;
}
