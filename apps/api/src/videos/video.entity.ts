import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { MAX_URL_LENGTH } from '../actors/actor.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { BigIntColumn, DateColumn, JsonColumn, KeyColumn, TextColumn } from '../database/columns.js';
import { TimestampedEntity } from '../database/timestamped.entity.js';
import { VideoFileEntity } from './video-file.entity.js';

/** Numbers as in PeerTube's API. */
export enum VideoPrivacy {
  Public = 1,
  /** Seen by whoever has the link; in no list. */
  Unlisted = 2,
  /** Seen by its owner only. */
  Private = 3,
  /** Seen by everyone who is logged in here. */
  Internal = 4,
}

/** Numbers as in PeerTube's API. */
export enum VideoState {
  Published = 1,
  ToTranscode = 2,
  ToImport = 3,
  TranscodingFailed = 8,
}

/** An HLS master playlist of the origin instance, with the files its segments are cut from. */
export interface RemotePlaylistSource {
  playlistUrl: string;
  segmentsSha256Url: string | null;
}

@Entity('videos')
@Index(['privacy', 'state', 'publishedAt'])
export class VideoEntity extends TimestampedEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @KeyColumn()
  uuid: string;

  /** ActivityPub id of a remote video; that of a local one follows from its UUID. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  url: string | null;

  /** `hashUrl(url)` */
  @Index({ unique: true })
  @KeyColumn({ nullable: true })
  urlHash: string | null;

  /** Published by another instance. */
  @Column({ default: false })
  remote: boolean;

  /** `updated` of the version of a remote video that is kept here: an older one that arrives later changes nothing. */
  @DateColumn({ nullable: true })
  remoteUpdatedAt: Date | null;

  /** When a remote video was last fetched from its origin. */
  @DateColumn({ nullable: true })
  fetchedAt: Date | null;

  /** Where the images of a remote video are. */
  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  thumbnailUrl: string | null;

  @Column({ type: 'varchar', length: MAX_URL_LENGTH, nullable: true })
  previewUrl: string | null;

  /** HLS of a remote video that has no plain files. */
  @JsonColumn({ nullable: true })
  remotePlaylists: RemotePlaylistSource[] | null;

  @Column({ type: 'int', default: 0 })
  likes: number;

  @Column({ type: 'int', default: 0 })
  dislikes: number;

  @Column({ type: 'int', default: 0 })
  comments: number;

  @Column({ length: 120 })
  name: string;

  /** Name and tags in lower case without accents: SQLite and MySQL compare letters differently. */
  @TextColumn()
  searchText: string;

  @TextColumn({ nullable: true })
  description: string | null;

  @TextColumn({ nullable: true })
  support: string | null;

  @Column({ type: 'int', nullable: true })
  category: number | null;

  @Column({ type: 'int', nullable: true })
  licence: number | null;

  @Column({ type: 'varchar', length: 20, nullable: true })
  language: string | null;

  @JsonColumn()
  tags: string[];

  @Column({ default: false })
  nsfw: boolean;

  @Column({ type: 'int' })
  privacy: VideoPrivacy;

  @Column({ type: 'int' })
  state: VideoState;

  @Column({ default: false })
  waitTranscoding: boolean;

  @Column({ default: true })
  downloadEnabled: boolean;

  @Column({ default: true })
  commentsEnabled: boolean;

  /** Whole seconds. */
  @Column({ type: 'int', default: 0 })
  duration: number;

  @Column({ type: 'double', nullable: true })
  aspectRatio: number | null;

  @BigIntColumn({ default: 0 })
  views: number;

  @Column({ type: 'varchar', length: 255, nullable: true })
  thumbnailFilename: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  previewFilename: string | null;

  /** The file as uploaded, in the storage area `originals`, until processing has made the files that are served. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  originalFilename: string | null;

  /** Bytes of the original; counts against the owner's quota while it is kept. */
  @BigIntColumn({ default: 0 })
  originalSize: number;

  @DateColumn({ nullable: true })
  publishedAt: Date | null;

  @DateColumn({ nullable: true })
  originallyPublishedAt: Date | null;

  @Index()
  @Column({ type: 'int' })
  channelId: number;

  @ManyToOne(() => ChannelEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'channelId' })
  channel?: Relation<ChannelEntity>;

  @OneToMany(() => VideoFileEntity, (file) => file.video)
  files?: Relation<VideoFileEntity>[];
}
