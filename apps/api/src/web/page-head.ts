import type { MetaTag, PageHead } from '@vidiverse/hooks';
import type { Config } from '../config/config.js';
import { truncate } from '../shared/text.js';
import type { VideoView } from '../videos/dto/video-view.js';
import { VideoPrivacy } from '../videos/video.entity.js';

const DESCRIPTION_LENGTH = 300;

const meta = (attribute: MetaTag['attribute'], key: string, content: string): MetaTag => ({
  attribute,
  key,
  content,
});

const feedLink = (url: string, query = '') => ({
  rel: 'alternate',
  href: `${url}/feeds/videos.xml${query}`,
  type: 'application/rss+xml',
});

/** Title, description and previews for link cards, search engines and yt-dlp (which looks for `og:platform`). */
export function siteHead({ instance, url }: Pick<Config, 'instance' | 'url'>): PageHead {
  const tags = [
    meta('name', 'description', instance.shortDescription),
    meta('property', 'og:platform', 'PeerTube'),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', instance.name),
    meta('property', 'og:title', instance.name),
    meta('property', 'og:url', url),
    meta('property', 'og:description', instance.shortDescription),
  ];
  return { title: instance.name, meta: tags, links: [feedLink(url)], structured: null };
}

/** The head of a watch page: Open Graph and schema.org's VideoObject. */
export function videoHead(video: VideoView, config: Pick<Config, 'instance' | 'url'>): PageHead {
  const description = truncate(
    video.truncatedDescription ?? config.instance.shortDescription,
    DESCRIPTION_LENGTH,
  );
  const image = video.previewPath ? config.url + video.previewPath : '';
  const structured = {
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: video.name,
    description,
    thumbnailUrl: image,
    uploadDate: video.publishedAt,
    duration: `PT${video.duration}S`,
    url: video.url,
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: { '@type': 'WatchAction' },
      userInteractionCount: video.views,
    },
  };
  const tags = [
    meta('name', 'description', description),
    meta('property', 'og:platform', 'PeerTube'),
    meta('property', 'og:type', 'video.other'),
    meta('property', 'og:site_name', config.instance.name),
    meta('property', 'og:title', video.name),
    meta('property', 'og:url', video.url),
    meta('property', 'og:description', description),
    meta('property', 'og:image', image),
    meta('name', 'twitter:card', 'summary_large_image'),
    // Whoever has the link may see it; a search engine would hand the link to everybody.
    ...(video.privacy.id === VideoPrivacy.Unlisted ? [meta('name', 'robots', 'noindex')] : []),
  ];
  const channel = new URLSearchParams({ videoChannelName: `${video.channel.name}@${video.channel.host}` });
  const links = [{ rel: 'canonical', href: video.url }, feedLink(config.url, `?${channel.toString()}`)];
  return { title: `${video.name} - ${config.instance.name}`, meta: tags, links, structured };
}
