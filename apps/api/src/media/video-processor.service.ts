import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { JobQueue } from '../jobs/job-queue.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoEntity } from '../videos/video.entity.js';
import { ladder } from './encoding.js';
import { FfmpegTools } from './ffmpeg-tools.service.js';
import { FileMaker, type Making } from './file-maker.service.js';
import { FrameGrabber } from './frame-grabber.service.js';
import { MediaInspector } from './media-inspector.js';
import { type MediaInfo, resolutionOf } from './media-info.js';
import { makeRendition, RENDITION_PRIORITY } from './process-video.job.js';
import { StagesService } from './stages.service.js';
import { VideoFilesService } from './video-files.service.js';
import { type Transcoding, TranscodingProfiles } from './transcoding-profiles.service.js';
import { VideoPublisher } from './video-publisher.service.js';

/** The way of a video from its original to being published. Each step can be done again after a crash. */
@Injectable()
export class VideoProcessor {
  constructor(
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly profiles: TranscodingProfiles,
    private readonly queue: JobQueue,
    private readonly storage: FileStorage,
    private readonly events: VideoEvents,
    private readonly inspector: MediaInspector,
    private readonly tools: FfmpegTools,
    private readonly maker: FileMaker,
    private readonly frames: FrameGrabber,
    private readonly files: VideoFilesService,
    private readonly stages: StagesService,
    private readonly publisher: VideoPublisher,
  ) {}

  /** Makes the first file, publishes, and leaves the renditions to jobs of their own. */
  async process(videoId: number, signal: AbortSignal): Promise<void> {
    const video = await this.videos.findOneBy({ id: videoId });
    if (!video) return;
    // Finished before a crash, by the job of its last rendition.
    if (!video.originalFilename) return this.stages.settle(videoId);
    const resolutions = await this.withOriginal(video, async (input) => {
      const info = await this.stages.run({ videoId, name: 'probe' }, () => this.probe(video, input));
      const transcoding = await this.profiles.of(video, info);
      const missing = await this.missing(videoId, info, transcoding);
      await this.announceStages(videoId, missing);
      await this.makeFirst(video, { input, info, transcoding, signal });
      return missing;
    });
    const addRenditions = (manager: EntityManager) => this.addRenditions(manager, videoId, resolutions);
    // The jobs begin only when this is decided: a rendition never ends before its video is published.
    if (video.waitTranscoding && resolutions.length > 0) {
      await this.videos.manager.transaction(addRenditions);
      this.events.updated.next({ videoId });
    } else await this.publisher.publish(videoId, addRenditions);
    if (!(await this.stages.hasOpenRenditions(videoId))) await this.publisher.finish(videoId);
  }

  /** Makes one smaller rendition; the last one publishes a video that waited for all. */
  async rendition(videoId: number, resolution: number, signal: AbortSignal): Promise<void> {
    const video = await this.videos.findOneBy({ id: videoId });
    if (!video?.originalFilename) return;
    const key = { videoId, name: 'rendition', detail: String(resolution) } as const;
    await this.stages.run(key, async ({ progress: onProgress }) => {
      if (!(await this.files.exists(videoId, resolution))) {
        await this.withOriginal(video, async (input) => {
          const info = await this.inspector.inspect(input);
          const owner = `video-${videoId}-${resolution}`;
          const transcoding = await this.profiles.of(video, info);
          const making = { input, info, transcoding, owner, signal, onProgress };
          await this.files.add(video, await this.maker.rendition(making, resolution));
        });
      }
      await this.files.buildTorrents(videoId);
    });
    this.events.updated.next({ videoId });
    if (!(await this.stages.hasOpenRenditions(videoId))) await this.publisher.finish(videoId);
  }

  /** Picture, the file in the original's own resolution, and its torrent. */
  private async makeFirst(
    video: VideoEntity,
    original: Pick<Making, 'input' | 'info' | 'transcoding' | 'signal'>,
  ): Promise<void> {
    const { id: videoId } = video;
    const making = { ...original, owner: `video-${videoId}-first` };
    await this.stages.run({ videoId, name: 'thumbnail' }, async ({ skip }) => {
      const reason = await this.frames.fill(video, making);
      if (reason !== null) skip(reason);
    });
    await this.stages.run({ videoId, name: 'fast-start' }, async ({ progress: onProgress, skip }) => {
      // Never twice: viewers may have pieces of it by now.
      if (await this.files.exists(videoId, resolutionOf(making.info))) skip('It was made before.');
      else await this.files.add(video, await this.maker.main({ ...making, onProgress }));
    });
    await this.stages.run({ videoId, name: 'torrent' }, () => this.files.buildTorrents(videoId));
  }

  private async probe(video: VideoEntity, input: string): Promise<MediaInfo> {
    const info = await this.inspector.inspect(input);
    const duration = Math.max(1, Math.round(info.duration));
    const aspectRatio = Number((info.width / info.height).toFixed(4));
    await this.videos.update({ id: video.id }, { duration, aspectRatio });
    return info;
  }

  /** Renditions that are still to be made, largest first. */
  private async missing(videoId: number, info: MediaInfo, transcoding: Transcoding): Promise<number[]> {
    if (!(await this.tools.hasFfmpeg())) return [];
    const missing: number[] = [];
    for (const resolution of ladder(info, transcoding))
      if (!(await this.files.exists(videoId, resolution))) missing.push(resolution);
    return missing;
  }

  private async announceStages(videoId: number, resolutions: number[]): Promise<void> {
    const waiting = { status: 'waiting', progress: 0, message: null } as const;
    for (const name of ['thumbnail', 'fast-start', 'torrent', 'publish'] as const)
      await this.stages.set({ videoId, name }, waiting);
    for (const resolution of resolutions)
      await this.stages.announce({ videoId, name: 'rendition', detail: String(resolution) });
  }

  private async addRenditions(manager: EntityManager, videoId: number, resolutions: number[]): Promise<void> {
    for (const resolution of resolutions) {
      const uniqueKey = `${videoId}-${resolution}`;
      const options = { manager, priority: RENDITION_PRIORITY, uniqueKey };
      await this.queue.add(makeRendition, { videoId, resolution }, options);
    }
  }

  private async withOriginal<T>(video: VideoEntity, work: (path: string) => Promise<T>): Promise<T> {
    const copy = await this.storage.localCopy('originals', video.originalFilename!);
    try {
      return await work(copy.path);
    } finally {
      await copy.release();
    }
  }
}
