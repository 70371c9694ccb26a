import type { Config } from '../config/config.js';
import { truncate } from '../shared/text.js';
import type { VideoView } from '../videos/dto/video-view.js';
import { VideoPrivacy } from '../videos/video.entity.js';

const DESCRIPTION_LENGTH = 300;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe between tags and within quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

/** Safe within a script element: JSON cannot close it. */
const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const meta = (attribute: 'name' | 'property', name: string, content: string) =>
  `<meta ${attribute}="${name}" content="${escapeHtml(content)}">`;

/** Title, description and previews for link cards, search engines and yt-dlp (which looks for `og:platform`). */
export function siteHead({ instance, url }: Pick<Config, 'instance' | 'url'>): string {
  return [
    `<title>${escapeHtml(instance.name)}</title>`,
    meta('name', 'description', instance.shortDescription),
    meta('property', 'og:platform', 'PeerTube'),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', instance.name),
    meta('property', 'og:title', instance.name),
    meta('property', 'og:url', url),
    meta('property', 'og:description', instance.shortDescription),
  ].join('\n');
}

/** The head of a watch page: Open Graph and schema.org's VideoObject. */
export function videoHead(video: VideoView, config: Pick<Config, 'instance' | 'url'>): string {
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
  return [
    `<title>${escapeHtml(`${video.name} - ${config.instance.name}`)}</title>`,
    `<link rel="canonical" href="${escapeHtml(video.url)}">`,
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
    `<script type="application/ld+json">${escapeJson(structured)}</script>`,
  ].join('\n');
}
