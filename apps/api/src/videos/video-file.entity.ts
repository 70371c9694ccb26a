import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { CachedFileEntity } from '../caching/cached-file.entity.js';
import { BigIntColumn, JsonColumn, KeyColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { WebSeedEntity } from '../seeds/web-seed.entity.js';
import { VideoEntity } from './video.entity.js';

/** Addresses of a file on its origin instance, as its ActivityPub document says. */
export interface RemoteSources {
  fileUrl: string;
  torrentUrl: string;
  /** Further WebSeeds: cache instances. */
  webSeeds: string[];
  trackers: string[];
}

/** One playable file of a video. Its name never changes: it is the `info.name` of its torrent. */
@Entity('video_files')
export class VideoFileEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column({ type: 'int' })
  videoId: number;

  @ManyToOne(() => VideoEntity, (video) => video.files, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'videoId' })
  video?: Relation<VideoEntity>;

  /** `<random uuid>-<resolution>.<mp4|webm>`, in the storage area `web-videos`. */
  @Index({ unique: true })
  @KeyColumn()
  filename: string;

  /** `video/mp4` or `video/webm`. */
  @KeyColumn()
  mediaType: string;

  /** Height in pixels (the shorter side for portrait); 0 is sound only. */
  @Column({ type: 'int' })
  resolution: number;

  @Column({ type: 'int' })
  width: number;

  @Column({ type: 'int' })
  height: number;

  @Column({ type: 'int' })
  fps: number;

  @BigIntColumn()
  size: number;

  @Column({ default: true })
  hasAudio: boolean;

  @Column({ default: true })
  hasVideo: boolean;

  /** 40 hex digits; null until the torrent is made. What a remote video claims may be another's: not unique. */
  @Index()
  @Column({ type: 'varchar', length: 40, nullable: true })
  infoHash: string | null;

  /** In the storage area `torrents`. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  torrentFilename: string | null;

  /** Where a remote file is; null for files of this instance. */
  @JsonColumn({ nullable: true })
  remoteSources: RemoteSources | null;

  /** What cache instances offer, listed or not. */
  @OneToMany(() => WebSeedEntity, (seed) => seed.file)
  webSeeds?: Relation<WebSeedEntity[]>;

  /** Our own copy of a remote file. */
  @OneToOne(() => CachedFileEntity, (copy) => copy.videoFile)
  copy?: Relation<CachedFileEntity> | null;
}
