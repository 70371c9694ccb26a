import { Injectable } from '@nestjs/common';
import { InstanceInfo, type Owner, PluginSettings, VideoReader, type VideoRow } from '@vidiverse/hooks';
import type { Settings } from '../settings.js';
import type { FeedOwner } from './feed-url.js';
import type { Feed, FeedItem } from './feed.js';

const PAGE = 100;
/** Where the newest videos of one channel or account are looked for. */
const MAX_PAGES = 5;

/** Feeds of the newest public videos, as a visitor sees them. */
@Injectable()
export class VideoFeeds {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly videos: VideoReader,
    private readonly instance: InstanceInfo,
  ) {}

  /** Null when there is an owner and nothing of theirs is among the newest 500 videos. */
  async of(owner: FeedOwner | null): Promise<Feed | null> {
    const handle = owner && this.withHost(owner.handle);
    const rows = owner ? await this.newestOf(owner.kind, handle!) : await this.newest();
    if (owner && rows.length === 0) return null;
    const { url, name } = this.instance;
    const shown = owner && rows[0]![owner.kind];
    return {
      id: `${url}/plugins-api/webhooks/feeds/videos${owner ? `/${owner.kind}/${handle}` : ''}`,
      title: shown ? shown.displayName : name,
      description: shown ? `The newest videos of ${handle}` : `The newest videos of ${name}`,
      url: shown ? shown.url : `${url}/`,
      items: rows.map(toItem),
    };
  }

  private async newest(): Promise<readonly VideoRow[]> {
    const page = { count: this.settings.get().feedItems, sort: '-publishedAt', skipCount: true };
    return (await this.videos.list({ ...page, isLocal: true })).data;
  }

  private async newestOf(kind: FeedOwner['kind'], handle: string): Promise<VideoRow[]> {
    const most = this.settings.get().feedItems;
    const [name, host] = handle.split('@') as [string, string];
    const found: VideoRow[] = [];
    for (let page = 0; page < MAX_PAGES && found.length < most; page += 1) {
      const asked = { start: page * PAGE, count: PAGE, sort: '-publishedAt', skipCount: true };
      const { data } = await this.videos.list({ ...asked, host });
      found.push(...data.filter((video) => isOf(video[kind], name, host)));
      if (data.length < PAGE) break;
    }
    return found.slice(0, most);
  }

  private withHost(handle: string): string {
    return handle.includes('@') ? handle : `${handle}@${this.instance.host}`;
  }
}

const isOf = (owner: Owner, name: string, host: string): boolean =>
  owner.name.toLowerCase() === name.toLowerCase() && owner.host === host.toLowerCase();

const toItem = ({ url, name, description, account, publishedAt, updatedAt }: VideoRow): FeedItem => ({
  ...{ id: url, url, title: name, summary: description ?? '' },
  ...{ author: account.displayName, publishedAt, updatedAt },
});
