import type { CachedFileEntity } from './cached-file.entity.js';
import { documentName } from './copy-files.service.js';

type Named = Pick<
  CachedFileEntity,
  'id' | 'videoUuid' | 'resolution' | 'fps' | 'filename' | 'torrentFilename'
>;

/**
 * Addresses of a copy. The id begins as PeerTube's; the row's number at its end tells a copy from one of the same file that was
 * here before, since what was undone is not said again.
 */
export const copyUrls = (base: string, copy: Named) => ({
  id: `${base}/redundancy/videos/${copy.videoUuid}/${copy.resolution}-${copy.fps}/${copy.id}`,
  fileUrl: `${base}/static/redundancy/${copy.filename}`,
  torrentUrl: `${base}/lazy-static/redundancy-torrents/${copy.torrentFilename}`,
  documentUrl: `${base}/lazy-static/redundancy-documents/${documentName(copy)}`,
});
