import type { Config } from '../config/config.js';
import type { SeededVideo } from '../seeds/seeded-videos.service.js';
import type { WebSeedEntity } from '../seeds/web-seed.entity.js';
import type { VideoEntity } from '../videos/video.entity.js';
import type { CachedFileEntity } from './cached-file.entity.js';
import type { VideoWithCopies } from './cached-files.service.js';
import { copyUrls } from './copy-urls.js';
import type { VideoRedundancyView } from './dto/redundancy.js';

type Instance = Pick<Config, 'url'>;
type FileView = VideoRedundancyView['redundancies']['files'][number];

/** Copies of another instance's video that are here, in PeerTube's shape. */
export const toRedundancyView = ({ video, copies }: VideoWithCopies, instance: Instance) =>
  videoView(
    video,
    video.url ?? '',
    copies.map((copy) => copyView(copy, instance)),
  );

/** Copies of our video at other instances, in PeerTube's shape. */
export const toSeededView = ({ video, seeds }: SeededVideo, { url }: Instance) =>
  videoView(video, `${url}/videos/watch/${video.uuid}`, seeds.map(seedView));

const videoView = ({ id, name, uuid }: VideoEntity, url: string, files: FileView[]): VideoRedundancyView => ({
  id,
  name,
  url,
  uuid,
  redundancies: { files, streamingPlaylists: [] },
});

const copyView = (copy: CachedFileEntity, { url }: Instance): FileView => ({
  id: copy.id,
  fileUrl: copyUrls(url, copy).fileUrl,
  strategy: copy.strategy,
  createdAt: copy.createdAt.toISOString(),
  updatedAt: copy.updatedAt.toISOString(),
  expiresOn: instant(copy.expiresAt),
  size: copy.size,
  state: copy.state,
  health: null,
});

const seedView = (seed: WebSeedEntity): FileView => ({
  id: seed.id,
  fileUrl: seed.url,
  strategy: null,
  createdAt: seed.createdAt.toISOString(),
  updatedAt: seed.updatedAt.toISOString(),
  expiresOn: instant(seed.expiresAt),
  size: seed.file!.size,
  state: seed.state,
  health: {
    errors: seed.errors,
    failureRate: seed.failureRate,
    throughput: seed.throughput,
    checkedAt: instant(seed.checkedAt),
    checkDueAt: instant(seed.checkDueAt),
    lastError: seed.lastError,
  },
});

const instant = (date: Date | null) => date?.toISOString() ?? null;
