import type { CompactedDocument } from '@vidiverse/federation';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { DateColumn, JsonColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

export const INBOX_STATES = ['received', 'applied', 'refused', 'failed'] as const;
/**
 * `applied`: its effect is in the database. `refused`: understood, and not done. `failed`: tried again and again in vain.
 * `reason` says why.
 */
export type InboxState = (typeof INBOX_STATES)[number];

/** An activity whose author was proven, recorded before it is answered with 202. */
@Entity('inbox_activities')
@Index(['state', 'finishedAt'])
@Index(['host', 'id'])
export class InboxActivityEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  /** What makes it the same as another one: it is recorded once. */
  @Index({ unique: true })
  @KeyColumn()
  fingerprint: string;

  @Column({ length: MAX_URL_LENGTH })
  activityUrl: string;

  @Column({ length: MAX_URL_LENGTH })
  actorUrl: string;

  /** Of the actor. */
  @Column({ length: 255 })
  host: string;

  @KeyColumn()
  type: string;

  /** When its author issued it, by the author's clock; null when that is not proven. */
  @DateColumn({ nullable: true })
  issuedAt: Date | null;

  /** What was proven, and so the only thing to read. */
  @JsonColumn()
  document: CompactedDocument;

  /** As received, with its author's signature, when it may be forwarded: it must stay as it is. */
  @TextColumn({ nullable: true })
  signedBody: string | null;

  @Column({ type: 'varchar', length: 20 })
  state: InboxState;

  @TextColumn({ nullable: true })
  reason: string | null;

  @DateColumn({ nullable: true })
  finishedAt: Date | null;
}
