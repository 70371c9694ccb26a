import { Injectable } from '@nestjs/common';
import { videoListQuery } from './dto/video-list-query.js';
import type { OverviewView } from './dto/overview-view.js';
import { VideoPages } from './video-pages.service.js';
import type { VideoEntity } from './video.entity.js';

/** Public videos that are looked at, the latest. */
const LATEST = 100;
/** Groups of each kind on a page, and videos of each group. */
const GROUPS = 2;
const VIDEOS = 6;

/** A look at what is here: the latest videos by category, tag and channel, those with most of them first. */
@Injectable()
export class OverviewService {
  constructor(private readonly pages: VideoPages) {}

  async page(page: number): Promise<OverviewView> {
    const query = videoListQuery.parse({ count: LATEST, skipCount: true });
    const { videos, page: answer } = await this.pages.listWithRows(query, null);
    const rows = new Map(answer.data.map((row) => [row.id, row]));
    // A plugin may have left some out.
    const shown = videos.filter(({ id }) => rows.has(id));
    const groups = (keys: (video: VideoEntity) => Array<string | number>) =>
      groupBy(shown, keys)
        .slice((page - 1) * GROUPS, page * GROUPS)
        .map(({ key, videos: members }) => ({
          key,
          videos: members.slice(0, VIDEOS).map(({ id }) => rows.get(id)!),
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
