import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** The one OAuth2 client that every app uses, as on PeerTube. Its secret is public by design. */
@Entity('oauth_clients')
export class OAuthClientEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @Column({ length: 64 })
  clientId: string;

  @Column({ length: 64 })
  clientSecret: string;
}
