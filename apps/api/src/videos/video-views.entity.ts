import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far back the trending order looks. */
export const TRENDING_DAYS = 7;

/** Counted views of one video on one day (UTC). */
@Entity('video_views')
export class VideoViewsEntity {
  @PrimaryColumn({ type: 'int' })
  videoId: number;

  /** `YYYY-MM-DD`. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  day: string;

  @Column({ type: 'int' })
  views: number;
}
