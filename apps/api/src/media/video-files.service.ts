import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { stat } from 'node:fs/promises';
import type { Repository } from 'typeorm';
import { FileStorage } from '../storage/file-storage.js';
import { TorrentBuilder } from '../torrents/torrent-builder.service.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { derivedUuid } from './derived-uuid.js';
import type { MadeFile } from './file-maker.service.js';

/** Takes made files into storage, with row and torrent. */
@Injectable()
export class VideoFilesService {
  constructor(
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly storage: FileStorage,
    private readonly torrents: TorrentBuilder,
  ) {}

  /** The same video and resolution give the same name: a try that died between file and row leaves nothing behind. */
  async add(video: VideoEntity, made: MadeFile): Promise<void> {
    const filename = fileName(video, made);
    const { size } = await stat(made.path);
    await this.storage.moveIn('web-videos', filename, made.path);
    try {
      await this.files.save(this.row(video, made, filename, size));
    } catch (error) {
      // Deleted meanwhile: its row went, and with it all that would ever name this file.
      if (!(await this.videos.existsBy({ id: video.id }))) await this.storage.remove('web-videos', filename);
      throw error;
    }
  }

  /** A file whose row is there is made: rows are written after the file is in place. */
  exists(videoId: number, resolution: number): Promise<boolean> {
    return this.files.existsBy({ videoId, resolution });
  }

  /** Also those that a killed try left out. */
  async buildTorrents(videoId: number): Promise<void> {
    for (const file of await this.files.findBy({ videoId }))
      if (!file.infoHash) await this.torrents.build(file);
  }

  private row(video: VideoEntity, { extension, resolution, info }: MadeFile, filename: string, size: number) {
    const { width, height, audioCodec } = info;
    return this.files.create({
      videoId: video.id,
      filename,
      mediaType: `video/${extension}`,
      resolution,
      width,
      height,
      fps: Math.round(info.fps),
      size,
      hasAudio: audioCodec !== null,
      hasVideo: true,
      infoHash: null,
      torrentFilename: null,
    });
  }
}

/** Nobody can guess it from the video's UUID, which is public: the original's name is secret. */
function fileName(video: VideoEntity, { resolution, extension }: MadeFile): string {
  return `${derivedUuid(video.uuid, video.originalFilename!, String(resolution))}-${resolution}.${extension}`;
}
