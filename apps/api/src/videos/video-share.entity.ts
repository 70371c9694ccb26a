import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ActorEntity, MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';

/** That an instance or a channel announced a video of another instance to its followers. */
@Entity('video_shares')
@Index(['videoId', 'actorId'], { unique: true })
export class VideoShareEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  videoId: number;

  @Index()
  @Column({ type: 'int' })
  actorId: number;

  @ManyToOne(() => ActorEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'actorId' })
  actor?: Relation<ActorEntity>;

  /** Id of the Announce. */
  @Column({ length: MAX_URL_LENGTH })
  activityUrl: string;
}
