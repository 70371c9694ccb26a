import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { copyFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { SettingEntity } from '../instance/setting.entity.js';
import { SettingsService } from '../instance/settings.service.js';
import { JobQueue } from '../jobs/job-queue.js';
import { FileStorage } from '../storage/file-storage.js';
import { UserRole } from '../users/user.entity.js';
import { videoAttributes } from '../videos/dto/video-attributes.js';
import { VideoCreator } from '../videos/video-creator.service.js';
import { VideoEntity } from '../videos/video.entity.js';
import { processVideo } from './process-video.job.js';
import { ThumbnailService } from './thumbnail.service.js';

const DONE = 'media.sample-video';
/** Made by scripts/make-sample-clip.mjs; seen from `apps/api/{src,dist}/media`. */
const asset = (name: string) => fileURLToPath(new URL(`../../assets/sample/${name}`, import.meta.url));
const PUBLIC_DOMAIN = 7;

/** Publishes the bundled clip on the first start, so that home is not empty. Once: deleted, it stays away. */
@Injectable()
export class SampleVideoService implements OnApplicationBootstrap {
  private readonly logger = new Logger('SampleVideo');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly settings: SettingsService,
    private readonly storage: FileStorage,
    private readonly creator: VideoCreator,
    private readonly queue: JobQueue,
    private readonly thumbnails: ThumbnailService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { roles, instance } = this.config;
    if (!instance.sampleVideo || !(roles.includes('web') || roles.includes('worker'))) return;
    try {
      await this.publishOnce();
    } catch (error) {
      // A nicety: the instance runs without it.
      this.logger.warn(`the sample clip was not published: ${(error as Error).message}`);
    }
  }

  private async publishOnce(): Promise<void> {
    const { manager } = this.dataSource;
    if (await this.settings.get(DONE)) return;
    if ((await manager.countBy(VideoEntity, { remote: false })) > 0) {
      await this.settings.set(DONE, true);
      return;
    }
    const channel = await manager.findOne(ChannelEntity, {
      where: { account: { user: { role: UserRole.Administrator } } },
      relations: { account: { user: true } },
      order: { id: 'ASC' },
    });
    if (!channel) return;
    const original = randomUUID();
    const path = this.storage.temporaryPath('.mp4');
    await copyFile(asset('clip.mp4'), path);
    const { size } = await stat(path);
    await this.storage.moveIn('originals', original, path);
    try {
      const video = await this.write(channel, original, size);
      await this.thumbnails.setFromImage(video, asset('thumbnail.jpg'), { kinds: ['thumbnail'] });
      await this.thumbnails.setFromImage(video, asset('preview.jpg'), { kinds: ['preview'] });
    } catch (error) {
      const isUsed = await manager.existsBy(VideoEntity, { originalFilename: original });
      if (!isUsed) await this.storage.remove('originals', original);
      throw error;
    }
  }

  private write(
    channel: ChannelEntity,
    originalFilename: string,
    originalSize: number,
  ): Promise<VideoEntity> {
    const attributes = videoAttributes.parse({
      name: 'A first look at Vidiverse',
      channelId: channel.id,
      description:
        'A short clip made by this project’s own script, so that there is something to watch. Open it in a second browser and see the two share it.',
      tags: ['vidiverse', 'sample'],
      licence: PUBLIC_DOMAIN,
    });
    const user = channel.account!.user!;
    return this.dataSource.transaction(async (manager) => {
      const now = new Date();
      // Two processes may start at once: the second insert fails, and with it all that would have followed.
      await manager.insert(SettingEntity, { name: DONE, value: true, createdAt: now, updatedAt: now });
      const video = await this.creator.create(manager, { user, attributes, originalFilename, originalSize });
      await this.queue.add(processVideo, { videoId: video.id }, { manager });
      return video;
    });
  }
}
