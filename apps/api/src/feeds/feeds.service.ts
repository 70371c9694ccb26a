import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type Feed, type FeedContext, feedBuilt, type FeedItem, HookRegistry } from '@vidiverse/hooks';
import { In, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { videoListQuery } from '../videos/dto/video-list-query.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoFileMapper } from '../videos/video-file.mapper.js';
import { VideoListService } from '../videos/video-list.service.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { VideoMapper } from '../videos/video.mapper.js';
import type { FeedFormat, FeedQuery } from './dto/feed-query.js';
import { feedSchema } from './feed-schema.js';
import { type FeedOwner, FeedOwners } from './feed-owners.service.js';

/** The newest videos as a feed, as a visitor sees them. */
@Injectable()
export class FeedsService {
  constructor(
    private readonly config: Config,
    private readonly owners: FeedOwners,
    private readonly lists: VideoListService,
    private readonly mapper: VideoMapper,
    private readonly fileMapper: VideoFileMapper,
    private readonly registry: HookRegistry,
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
  ) {}

  /** @throws NotFoundError when there is no such account or channel */
  async videos({ sort, nsfw, isLocal, ...query }: FeedQuery, format: FeedFormat): Promise<Feed> {
    const owner = await this.owners.find({ sort, nsfw, isLocal, ...query });
    const page = videoListQuery.parse({ count: this.config.feeds.items, skipCount: true, nsfw });
    const { data } = await this.lists.list({ ...page, sort, isLocal }, null, owner?.scope);
    await this.addFiles(data);
    const feed = { ...this.about(owner), items: data.map((video) => this.item(video)) };
    return this.asPluginsMakeIt(feed, {
      format,
      account: owner?.kind === 'account' ? owner.handle : null,
      channel: owner?.kind === 'channel' ? owner.handle : null,
    });
  }

  private about(owner: FeedOwner | null): Omit<Feed, 'items'> {
    const { instance, url } = this.config;
    const image = `${url}/favicon.svg`;
    if (!owner)
      return { title: instance.name, description: instance.shortDescription, url: `${url}/`, image };
    const title = `${owner.displayName} - ${instance.name}`;
    return { title, description: owner.description ?? '', url: url + owner.path, image };
  }

  private async addFiles(videos: VideoEntity[]): Promise<void> {
    const files = await this.files.find({
      where: { videoId: In(videos.map(({ id }) => id)) },
      relations: { copy: true },
    });
    for (const video of videos) video.files = files.filter(({ videoId }) => videoId === video.id);
  }

  private item(video: VideoEntity): FeedItem {
    const row = this.mapper.summary(video);
    const [best] = this.fileMapper.views(video);
    return {
      id: row.url,
      url: row.url,
      title: row.name,
      description: row.truncatedDescription ?? '',
      author: { name: row.channel.displayName, url: row.channel.url },
      publishedAt: row.publishedAt,
      updatedAt: row.updatedAt,
      image: row.previewPath ? this.config.url + row.previewPath : null,
      file: best ? { url: best.fileUrl, mediaType: best.mediaType, size: best.size } : null,
    };
  }

  /** The feed itself when the answer of plugins cannot be written. */
  private async asPluginsMakeIt(feed: Feed, context: FeedContext): Promise<Feed> {
    if (!this.registry.hasHandlers(feedBuilt)) return feed;
    const { success, data } = feedSchema.safeParse(await this.registry.filter(feedBuilt, feed, context));
    return success ? data : feed;
  }
}
