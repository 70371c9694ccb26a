import { Foundation1795000000000 } from './1795000000000-foundation.js';
import { VideosAndJobs1795000000001 } from './1795000000001-videos-and-jobs.js';
import { VideoViews1795000000002 } from './1795000000002-video-views.js';
import { JobCancellation1795000000003 } from './1795000000003-job-cancellation.js';
import { Federation1795000000004 } from './1795000000004-federation.js';
import { Following1795000000005 } from './1795000000005-following.js';
import { VideoShares1795000000007 } from './1795000000007-video-shares.js';
import { CommentsAndModeration1795000000009 } from './1795000000009-comments-and-moderation.js';
import { WebSeeds1795000000011 } from './1795000000011-web-seeds.js';
import { CachedFiles1795000000012 } from './1795000000012-cached-files.js';
import { CachedDocuments1795000000013 } from './1795000000013-cached-documents.js';
import { Plugins1795000000014 } from './1795000000014-plugins.js';
import { PluginInstallations1795000000015 } from './1795000000015-plugin-installations.js';

/** In the order in which they run. A migration that was released is never changed. */
export const migrations = [
  Foundation1795000000000,
  VideosAndJobs1795000000001,
  VideoViews1795000000002,
  JobCancellation1795000000003,
  Federation1795000000004,
  Following1795000000005,
  VideoShares1795000000007,
  CommentsAndModeration1795000000009,
  WebSeeds1795000000011,
  CachedFiles1795000000012,
  CachedDocuments1795000000013,
  Plugins1795000000014,
  PluginInstallations1795000000015,
];
