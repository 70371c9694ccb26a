import { Injectable } from '@nestjs/common';
import { magnetUri } from '@vidiverse/torrent';
import { copyUrls } from '../caching/copy-urls.js';
import { Config } from '../config/config.js';
import { listedSeeds } from '../seeds/listed-seeds.js';
import type { SeedUrls } from '../seeds/seed-lists.service.js';
import { FileTokens } from './file-tokens.service.js';
import type { StreamingPlaylistView, VideoFileView } from './dto/video-view.js';
import { SwarmCounts } from './swarm-counts.js';
import { isOpen, isTold } from './video-access.js';
import type { RemoteSources, VideoFileEntity } from './video-file.entity.js';
import type { VideoEntity } from './video.entity.js';

const label = (resolution: number) => (resolution === 0 ? 'Audio only' : `${resolution}p`);

/** The addresses of a video's files: WebSeed, torrent, magnet. */
@Injectable()
export class VideoFileMapper {
  constructor(
    private readonly config: Config,
    private readonly tokens: FileTokens,
    private readonly swarms: SwarmCounts,
  ) {}

  /** HTTP first, then web socket, as PeerTube clients expect. Of a remote video: its origin's. */
  trackerUrls(video?: VideoEntity): string[] {
    if (video?.remote) return video.files?.find(hasSources)?.remoteSources.trackers ?? [];
    return [
      `${this.config.url}/tracker/announce`,
      `${this.config.url.replace(/^http/, 'ws')}/tracker/socket`,
    ];
  }

  /** Files that can be played, best first. `copies`: as plugins rank them, where they were asked. */
  views(video: VideoEntity, copies?: SeedUrls): VideoFileView[] {
    const copiesOf = ({ id, webSeeds }: VideoFileEntity) =>
      copies?.get(id) ?? listedSeeds(webSeeds).map(({ url }) => url);
    const open = isOpen(video.privacy);
    const token = open ? '' : `?videoFileToken=${this.tokens.issue(video.uuid)}`;
    return (video.files ?? [])
      .toSorted((a, b) => b.resolution - a.resolution || a.id - b.id)
      .map((file) =>
        hasSources(file)
          ? this.remoteView(video, file, copiesOf(file))
          : this.view(video, file, open, token, copiesOf(file)),
      );
  }

  /** HLS, of remote videos only: for players that find no file. */
  playlists({ remotePlaylists }: VideoEntity): StreamingPlaylistView[] {
    return (remotePlaylists ?? []).map(({ playlistUrl, segmentsSha256Url }, index) => ({
      id: index + 1,
      type: 1,
      playlistUrl,
      segmentsSha256Url: segmentsSha256Url ?? '',
      trackerUrls: [],
      redundancies: [],
      files: [],
    }));
  }

  /** With the addresses of the origin, which seeds and tracks it; when we have a copy, that comes first. */
  private remoteView(video: VideoEntity, file: RemoteFileEntity, checked: string[]): VideoFileView {
    const { trackers, webSeeds, ...origin } = file.remoteSources;
    const { infoHash } = file;
    const own = file.copy?.state === 'cached' ? copyUrls(this.config.url, file.copy) : null;
    const { fileUrl, torrentUrl } = own ?? origin;
    const copies = [...(own ? [fileUrl] : []), ...webSeeds, ...checked];
    const seeds = [...new Set([fileUrl, origin.fileUrl, ...copies])];
    const magnet = { name: video.name, trackers, webSeeds: seeds, torrentUrl };
    return {
      ...fields(video, file, this.config),
      infoHash,
      swarm: { seeders: 0, leechers: 0 },
      magnetUri: infoHash ? magnetUri({ infoHash, ...magnet }) : '',
      torrentUrl,
      torrentDownloadUrl: torrentUrl,
      fileUrl,
      fileDownloadUrl: fileUrl,
      webSeeds: seeds,
      redundancies: redundancies(copies),
    };
  }

  private view(
    video: VideoEntity,
    file: VideoFileEntity,
    open: boolean,
    token: string,
    checked: string[],
  ): VideoFileView {
    const { url } = this.config;
    const fileUrl = `${url}/static/web-videos/${open ? '' : 'private/'}${file.filename}${token}`;
    const shared = open && file.infoHash !== null && file.torrentFilename !== null;
    // Others know of public videos only: copies of one that was public have no business any more.
    const copies = shared && isTold(video) ? checked : [];
    const seeds = [fileUrl, ...copies];
    const torrentUrl = shared ? `${url}/lazy-static/torrents/${file.torrentFilename}` : '';
    return {
      ...fields(video, file, this.config),
      infoHash: shared ? file.infoHash : null,
      swarm: shared ? this.swarms.of(file.infoHash!) : { seeders: 0, leechers: 0 },
      magnetUri: shared
        ? magnetUri({
            infoHash: file.infoHash!,
            name: video.name,
            trackers: this.trackerUrls(),
            webSeeds: seeds,
            torrentUrl,
          })
        : '',
      torrentUrl,
      torrentDownloadUrl: shared ? `${url}/download/torrents/${file.torrentFilename}` : '',
      fileUrl,
      fileDownloadUrl: `${url}/download/web-videos/${file.filename}${token}`,
      webSeeds: seeds,
      redundancies: redundancies(copies),
    };
  }
}

type RemoteFileEntity = VideoFileEntity & { remoteSources: RemoteSources };

const hasSources = (file: VideoFileEntity): file is RemoteFileEntity => file.remoteSources !== null;

const redundancies = (copies: string[]) =>
  [...new Set(copies)].map((copy) => ({ baseUrl: new URL('.', copy).href }));

/** What is said of every file alike. */
const fields = (video: VideoEntity, file: VideoFileEntity, { url }: Pick<Config, 'url'>) => ({
  id: file.id,
  resolution: { id: file.resolution, label: label(file.resolution) },
  width: file.width,
  height: file.height,
  fps: file.fps,
  size: file.size,
  mediaType: file.mediaType,
  metadataUrl: `${url}/api/v1/videos/${video.uuid}/metadata/${file.id}`,
  hasAudio: file.hasAudio,
  hasVideo: file.hasVideo,
  storage: 0,
});
