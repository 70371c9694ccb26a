import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Recipients } from '../federation/activities.js';
import type { VideoFileView } from './dto/video-view.js';
import { CATEGORIES, languageLabel, LICENCES } from './video-constants.js';
import { VideoFileMapper } from './video-file.mapper.js';
import type { VideoEntity } from './video.entity.js';

const THUMBNAIL = { width: 280, height: 157 };
const PREVIEW = { width: 850, height: 480 };

const named = <Id extends number | string>(id: Id | null, label: (id: Id) => string | undefined) =>
  id === null ? undefined : { identifier: String(id), name: label(id) ?? String(id) };

/** ActivityPub id of a local video, as PeerTube forms it. */
export const videoUrl = ({ url }: Pick<Config, 'url'>, { uuid }: Pick<VideoEntity, 'uuid'>): string =>
  `${url}/videos/watch/${uuid}`;

/** A local video as its ActivityPub object, in the form that PeerTube 6 to 8 read (FEDERATION.md). */
@Injectable()
export class VideoObjectMapper {
  constructor(
    private readonly config: Config,
    private readonly files: VideoFileMapper,
  ) {}

  /** Files, channel, account and their actors must be loaded. The context is added by who sends or serves it. */
  object(video: VideoEntity, recipients: Recipients) {
    const id = videoUrl(this.config, video);
    const { channel } = video;
    return {
      ...recipients,
      type: 'Video',
      id,
      uuid: video.uuid,
      name: video.name,
      duration: `PT${video.duration}S`,
      category: named(video.category, (key) => CATEGORIES[key]),
      licence: named(video.licence, (key) => LICENCES[key]),
      language: named(video.language, languageLabel),
      views: video.views,
      sensitive: video.nsfw,
      waitTranscoding: video.waitTranscoding,
      state: video.state,
      commentsEnabled: video.commentsEnabled,
      commentsPolicy: video.commentsEnabled ? 1 : 2,
      canReply: null,
      downloadEnabled: video.downloadEnabled,
      published: (video.publishedAt ?? video.createdAt).toISOString(),
      originallyPublishedAt: video.originallyPublishedAt?.toISOString() ?? null,
      updated: video.updatedAt.toISOString(),
      tag: video.tags.map((name) => ({ type: 'Hashtag', name })),
      mediaType: 'text/markdown',
      content: video.description,
      support: video.support,
      subtitleLanguage: [],
      icon: this.images(video),
      aspectRatio: video.aspectRatio,
      url: [
        { type: 'Link', mediaType: 'text/html', href: id },
        ...this.files.views(video).flatMap((file) => fileLinks(file)),
        ...this.trackers(),
      ],
      likes: `${id}/likes`,
      dislikes: `${id}/dislikes`,
      shares: `${id}/announces`,
      comments: `${id}/comments`,
      attributedTo: [
        { type: 'Person', id: channel!.account!.actor!.url },
        { type: 'Group', id: channel!.actor!.url },
      ],
    };
  }

  private images(video: VideoEntity) {
    const image = (folder: string, name: string | null, size: { width: number; height: number }) =>
      name === null
        ? []
        : [
            {
              type: 'Image',
              url: `${this.config.url}/lazy-static/${folder}/${name}`,
              mediaType: 'image/jpeg',
              ...size,
            },
          ];
    return [
      ...image('thumbnails', video.thumbnailFilename, THUMBNAIL),
      ...image('previews', video.previewFilename, PREVIEW),
    ];
  }

  /** PeerTube drops the web socket's link, and then looks where ours is anyway. */
  private trackers() {
    const [http, socket] = this.files.trackerUrls();
    return [
      { type: 'Link', name: 'tracker-http', rel: ['tracker', 'http'], href: http },
      { type: 'Link', name: 'tracker-websocket', rel: ['tracker', 'websocket'], href: socket },
    ];
  }
}

/** The links of one file; PeerTube takes info hash and torrent from the magnet link of the same height. */
function fileLinks(file: VideoFileView) {
  const { height, width, fps } = file;
  const size = { height, width, fps };
  const property = (name: string, value: string) => ({ type: 'PropertyValue', name, value });
  const links: object[] = [
    {
      type: 'Link',
      mediaType: file.mediaType,
      href: file.fileUrl,
      ...size,
      size: file.size,
      attachment: [
        ...(file.hasAudio ? [property('ffprobe_codec_type', 'audio')] : []),
        ...(file.hasVideo ? [property('ffprobe_codec_type', 'video')] : []),
        property('peertube_format_flag', 'web-video'),
      ],
    },
    {
      type: 'Link',
      rel: ['metadata', file.mediaType],
      mediaType: 'application/json',
      href: file.metadataUrl,
      ...size,
    },
  ];
  if (file.magnetUri) {
    links.push(
      { type: 'Link', mediaType: 'application/x-bittorrent', href: file.torrentUrl, ...size },
      {
        type: 'Link',
        mediaType: 'application/x-bittorrent;x-scheme-handler/magnet',
        href: file.magnetUri,
        ...size,
      },
    );
  }
  return links;
}
