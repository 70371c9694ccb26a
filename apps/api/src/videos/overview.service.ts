import { Injectable } from '@nestjs/common';
import { videoListQuery } from './dto/video-list-query.js';
import type { OverviewView } from './dto/overview-view.js';
import { VideoListService } from './video-list.service.js';
import type { VideoEntity } from './video.entity.js';
import { VideoMapper } from './video.mapper.js';

/** Public videos that are looked at, the latest. */
const LATEST = 100;
/** Groups of each kind on a page, and videos of each group. */
const GROUPS = 2;
const VIDEOS = 6;

/** A look at what is here: the latest videos by category, tag and channel, those with most of them first. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly lists: VideoListService,
    private readonly mapper: VideoMapper,
  ) {}

  async page(page: number): Promise<OverviewView> {
    const { data } = await this.lists.list(videoListQuery.parse({ count: LATEST, skipCount: true }), null);
    const groups = (keys: (video: VideoEntity) => Array<string | number>) =>
      groupBy(data, keys)
        .slice((page - 1) * GROUPS, page * GROUPS)
        .map(({ key, videos }) => ({
          key,
          videos: videos.slice(0, VIDEOS).map((video) => this.mapper.summary(video)),
        }));
    return {
      categories: groups(({ category }) => (category === null ? [] : [category])).map(({ videos }) => ({
        category: { id: videos[0]!.category.id!, label: videos[0]!.category.label },
        videos,
      })),
      tags: groups(({ tags }) => tags).map(({ key, videos }) => ({ tag: String(key), videos })),
      channels: groups(({ channelId }) => [channelId]).map(({ videos }) => ({
        channel: videos[0]!.channel,
        videos,
      })),
    };
  }
}

/** The largest group first. */
function groupBy(videos: VideoEntity[], keysOf: (video: VideoEntity) => Array<string | number>) {
  const groups = new Map<string | number, VideoEntity[]>();
  for (const video of videos)
    for (const key of new Set(keysOf(video))) groups.set(key, [...(groups.get(key) ?? []), video]);
  return [...groups]
    .map(([key, members]) => ({ key, videos: members }))
    .sort((a, b) => b.videos.length - a.videos.length);
}
