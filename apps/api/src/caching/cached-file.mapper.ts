import type { Config } from '../config/config.js';
import type { CachedFileEntity } from './cached-file.entity.js';
import { copyUrls } from './copy-urls.js';
import type { CopyView } from './dto/caching.js';

const instant = (date: Date | null) => date?.toISOString() ?? null;

export const toCopyView = (copy: CachedFileEntity, { url }: Pick<Config, 'url'>): CopyView => ({
  id: copy.id,
  video: {
    uuid: copy.videoUuid,
    name: copy.videoFile?.video?.name ?? null,
    url: copy.videoUrl,
    host: copy.host,
  },
  resolution: copy.resolution,
  size: copy.size,
  strategy: copy.strategy,
  reason: copy.reason,
  state: copy.state,
  verifiedBytes: copy.verifiedBytes,
  bytesFrom: copy.bytesFrom,
  badSeeds: copy.badSeeds,
  servedBytes: copy.servedBytes,
  error: copy.error,
  fileUrl: copy.state === 'cached' ? copyUrls(url, copy).fileUrl : null,
  documentUrl: copy.state === 'cached' && copy.documentAt ? copyUrls(url, copy).documentUrl : null,
  documentSignedBy: copy.documentSignedBy,
  createdAt: copy.createdAt.toISOString(),
  cachedAt: instant(copy.cachedAt),
  expiresAt: instant(copy.expiresAt),
});
