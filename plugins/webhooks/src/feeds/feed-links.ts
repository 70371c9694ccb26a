import { Injectable } from '@nestjs/common';
import { InstanceInfo, OnHook, type PageHead, type PageHeadContext, pageHeadBuilt } from '@vidiverse/hooks';
import { feedUrl } from './feed-url.js';

const ATOM = 'application/atom+xml';

/** Has feed readers find the feeds of a page: that of the instance, and on the page of a video that of its channel. */
@Injectable()
export class FeedLinks {
  constructor(private readonly instance: InstanceInfo) {}

  @OnHook(pageHeadBuilt)
  build(head: PageHead, { video, page }: PageHeadContext): PageHead {
    if (page === 'embed') return head;
    const links = [{ rel: 'alternate', type: ATOM, href: feedUrl(this.instance, null) }];
    if (video) {
      const handle = `${video.channel.name}@${video.channel.host}`;
      links.unshift({ ...links[0]!, href: feedUrl(this.instance, { kind: 'channel', handle }) });
    }
    return { ...head, links: [...head.links, ...links] };
  }
}
