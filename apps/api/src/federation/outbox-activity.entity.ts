import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** An activity of ours that is to be told, written in the transaction of the change that it tells. */
@Entity('outbox_activities')
export class OutboxActivityEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: MAX_URL_LENGTH })
  activityUrl: string;

  /** The actor that authored it and signs it; null for a forwarded activity, which carries its author's signature. */
  @Index()
  @Column({ type: 'int', nullable: true })
  actorId: number | null;

  /** JSON, without a signature; a forwarded activity as it was received. */
  @TextColumn()
  body: string;

  /** The same with its Linked Data Signature, made when it is first sent, so that every host gets the same bytes. */
  @TextColumn({ nullable: true })
  signedBody: string | null;
}
