import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { DateColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

export type ActorType = 'Person' | 'Group' | 'Application' | 'Service' | 'Organization';

/** Longest URL that is taken from peers. */
export const MAX_URL_LENGTH = 2000;

/** Whoever acts on the fediverse, ours or remote: the ActivityPub side of accounts, channels and instances. */
@Entity('actors')
export class ActorEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** Its ActivityPub id; never changes. */
  @Column({ length: MAX_URL_LENGTH })
  url: string;

  /** `hashUrl(url)`: URLs are too long for an index, and MySQL compares text without case. */
  @Index({ unique: true })
  @KeyColumn()
  urlHash: string;

  @Column({ type: 'varchar', length: 20 })
  type: ActorType;

  /** `preferredUsername` */
  @Column({ length: 255 })
  username: string;

  /** Host with a port that is not the default, in ASCII; empty for actors of this instance. */
  @Index()
  @Column({ length: 255, default: '' })
  host: string;

  @Column({ length: MAX_URL_LENGTH })
  inboxUrl: string;

  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  sharedInboxUrl: string | null;

  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  outboxUrl: string | null;

  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  followersUrl: string | null;

  /** SPKI, PEM. */
  @TextColumn()
  publicKey: string;

  /** PKCS #8, PEM; null for remote actors. */
  @TextColumn({ nullable: true })
  privateKey: string | null;

  @Column({ type: 'varchar', length: 120, nullable: true })
  displayName: string | null;

  @TextColumn({ nullable: true })
  summary: string | null;

  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  iconUrl: string | null;

  /** When a remote actor was last fetched. */
  @DateColumn({ nullable: true })
  fetchedAt: Date | null;

  /** When it was deleted; nothing is taken from it or told to it any more. */
  @DateColumn({ nullable: true })
  deletedAt: Date | null;
}

/** Whether the actor belongs to this instance. */
export const isLocal = ({ host }: Pick<ActorEntity, 'host'>): boolean => host === '';
