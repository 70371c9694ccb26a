import type { InstanceInfo } from '@vidiverse/hooks';

/** Whose videos: an account or a channel, `name` of this instance or `name@host`. */
export interface FeedOwner {
  readonly kind: 'account' | 'channel';
  readonly handle: string;
}

/** Where a feed is served; null: that of the whole instance. */
export function feedUrl({ url }: Pick<InstanceInfo, 'url'>, owner: FeedOwner | null): string {
  const parameters = owner ? `?${new URLSearchParams({ [owner.kind]: owner.handle }).toString()}` : '';
  return `${url}/plugins-api/webhooks/feeds/videos.atom${parameters}`;
}
