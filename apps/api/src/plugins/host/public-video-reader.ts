import { Injectable } from '@nestjs/common';
import { VideoReader, type VideoDetails, type VideoListParameters, type VideoPage } from '@vidiverse/hooks';
import { NotFoundError } from '../../shared/domain-error.js';
import { videoListQuery } from '../../videos/dto/video-list-query.js';
import { VideoListService } from '../../videos/video-list.service.js';
import { VideoMapper } from '../../videos/video.mapper.js';
import { VideosService } from '../../videos/videos.service.js';

/** Videos as a visitor sees them. */
@Injectable()
export class PublicVideoReader extends VideoReader {
  constructor(
    private readonly videos: VideosService,
    private readonly lists: VideoListService,
    private readonly mapper: VideoMapper,
  ) {
    super();
  }

  async get(uuid: string): Promise<VideoDetails | null> {
    try {
      return await this.mapper.details(await this.videos.findVisible(uuid, null));
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }

  async list(parameters: Partial<VideoListParameters> = {}): Promise<VideoPage> {
    const { total, data } = await this.lists.list(videoListQuery.parse(parameters), null);
    return { total, data: data.map((video) => this.mapper.summary(video)) };
  }
}
