import { Injectable } from '@nestjs/common';
import {
  InstanceInfo,
  OnHook,
  type PageHead,
  type PageHeadContext,
  pageHeadBuilt,
  PluginSettings,
  VideoReader,
} from '@vidiverse/hooks';
import type { Settings } from '../settings.js';
import type { Entry, Feed } from './atom.js';
import { EventLog, isPublic, type KeptEvent } from './event-log.js';

/** The newest events as a feed. */
@Injectable()
export class EventFeed {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly log: EventLog,
    private readonly videos: VideoReader,
    private readonly instance: InstanceInfo,
  ) {}

  /** What everybody may know. */
  async forEverybody(): Promise<Feed> {
    return this.feed('events', this.url, await this.log.everybody.all());
  }

  async forAdministrators(): Promise<Feed> {
    const token = encodeURIComponent(this.settings.get().feedToken);
    const events = [...(await this.log.everybody.all()), ...(await this.log.administrators.all())];
    return this.feed('events for administrators', `${this.url}?token=${token}`, events);
  }

  /** Has feed readers find the feed for everybody. */
  @OnHook(pageHeadBuilt)
  build(head: PageHead, { page }: PageHeadContext): PageHead {
    if (page === 'embed') return head;
    const link = { rel: 'alternate', type: 'application/atom+xml', href: this.url };
    return { ...head, links: [...head.links, link] };
  }

  private get url(): string {
    return `${this.instance.url}/plugins-api/webhooks/feeds/events.atom`;
  }

  private async feed(title: string, self: string, events: KeptEvent[]): Promise<Feed> {
    const { name, url } = this.instance;
    const most = this.settings.get().feedItems;
    const entries: Entry[] = [];
    for (const event of events.sort((a, b) => b.at.localeCompare(a.at))) {
      if (entries.length === most) break;
      const entry = await this.entry(event);
      if (entry) entries.push(entry);
    }
    const id = `${this.url}#${title.replaceAll(' ', '-')}`;
    return { id, title: `${name}: ${title}`, self, url: `${url}/`, author: name, entries };
  }

  /** Null of a video that is not public any more; others as they are by now. */
  private async entry({ id, at, what, about, url, summary, video: uuid }: KeptEvent): Promise<Entry | null> {
    const kept = { id, url, updatedAt: at };
    if (uuid === null) return { ...kept, title: `${what}: ${about}`, summary };
    const video = await this.videos.get(uuid);
    if (!video || !isPublic(video)) return null;
    return { ...kept, title: `${what}: ${video.name}`, summary: video.truncatedDescription ?? '' };
  }
}
