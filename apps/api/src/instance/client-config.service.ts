import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { VideoPrivacy } from '../videos/video.entity.js';
import { TRENDING_DAYS } from '../videos/video-views.entity.js';
import type { ClientConfigView } from './dto/client-config-view.js';
import { MediaAbilities } from './media-abilities.js';
import { PEERTUBE_API_VERSION, VERSION } from './version.js';

const WATCHING_INTERVAL_MS = 5000;

/** Builds the answer of `config`. */
@Injectable()
export class ClientConfigService {
  constructor(
    private readonly config: Config,
    private readonly media: MediaAbilities,
  ) {}

  async view(): Promise<ClientConfigView> {
    const { instance, uploads, users, media } = this.config;
    const ffmpeg = await this.media.hasFfmpeg();
    const transcoding = ffmpeg && media.transcoding.enabled;
    const on = { enabled: true };
    const off = { enabled: false };
    return {
      client: { videos: { resumableUpload: { maxChunkSize: 0 } } },
      defaults: {
        publish: {
          downloadEnabled: true,
          commentsEnabled: true,
          commentsPolicy: 1,
          privacy: VideoPrivacy.Public,
          licence: null,
        },
        p2p: { webapp: on, embed: off },
      },
      instance: {
        name: instance.name,
        shortDescription: instance.shortDescription,
        isNSFW: false,
        defaultNSFWPolicy: 'display',
        defaultClientRoute: '/',
        avatars: [],
        banners: [],
      },
      serverVersion: PEERTUBE_API_VERSION,
      vidiverse: { version: VERSION, ffmpeg },
      transcoding: {
        enabled: transcoding,
        hls: off,
        web_videos: { enabled: transcoding },
        enabledResolutions: transcoding ? media.transcoding.resolutions : [],
      },
      live: off,
      import: { videos: { http: off, torrent: off } },
      video: {
        image: { extensions: ['.png', '.jpg', '.jpeg', '.webp'], size: { max: uploads.maxThumbnailSize } },
        file: { extensions: await this.media.acceptedExtensions(), maxSize: uploads.maxFileSize },
      },
      user: { videoQuota: users.videoQuota, videoQuotaDaily: users.videoQuotaDaily },
      videoChannels: { maxPerUser: users.maxChannels },
      trending: {
        videos: {
          intervalDays: TRENDING_DAYS,
          algorithms: { enabled: ['hot', 'most-viewed'], default: 'most-viewed' },
        },
      },
      webrtc: { stunServers: this.config.webrtc.stunServers },
      tracker: { enabled: this.config.roles.includes('tracker') },
      signup: { allowed: false, allowedForCurrentIP: false },
      views: {
        videos: { watchingInterval: { anonymous: WATCHING_INTERVAL_MS, users: WATCHING_INTERVAL_MS } },
      },
    };
  }
}
