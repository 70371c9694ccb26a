import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { ADMIN_PASSWORD, createInstance, type TestInstance } from '../support/create-instance.js';
import { shapeDifferences } from '../support/json-shape.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';

/** Answers recorded from PeerTube 6.3; not ours to publish, so they lie beside the checkout where there is one. */
const RECORDED = resolve('../shared/fixtures/peertube-6.3/rest');
const HAS_THEM = existsSync(RECORDED);
const testWithThem = HAS_THEM ? test : test.skip;
const WHY = HAS_THEM ? '' : ' (skipped: no recorded answers in ../shared/fixtures)';

/** Fields of what this server has not got, by where they begin. */
const NOT_HERE: Record<string, string[]> = {
  config: [
    // Settings of PeerTube's own pages.
    'client.videos.miniature',
    'client.menu',
    'webadmin',
    'instance.customizations',
    'search',
    'homepage',
    'broadcastMessage',
    'theme',
    // Features that are not here, or not yet.
    'plugin',
    'email',
    'contactForm',
    'serverCommit',
    'transcoding.remoteRunners',
    'transcoding.profile',
    'transcoding.availableProfiles',
    'live.allowReplay',
    'live.latencySetting',
    'live.maxDuration',
    'live.maxInstanceLives',
    'live.maxUserLives',
    'live.transcoding',
    'live.rtmp',
    'videoStudio',
    'videoFile',
    'videoTranscription',
    'import.videoChannelSynchronization',
    'import.users',
    'export',
    'autoBlacklist',
    'avatar',
    'banner',
    'videoCaption',
    'followings',
    'openTelemetry',
    'storyboards',
    'signup.minimumAge',
    'signup.requiresApproval',
    'signup.requiresEmailVerification',
  ],
  // Videos behind a password.
  'videos-privacies': ['5'],
  'users-me': [
    'pendingEmail',
    'emailPublic',
    'autoPlayNextVideo',
    'videoLanguages',
    'noInstanceConfigWarningModal',
    'noWelcomeModal',
    'noAccountSetupWarningModal',
    'notificationSettings',
    'pluginAuth',
    'lastLoginDate',
    'adminFlags',
    'specialPlaylists',
  ],
  'server-stats': [
    'totalDaily',
    'totalWeekly',
    'totalMonthly',
    'totalModerators',
    'totalAdmins',
    'totalLocalDaily',
    'totalLocalWeekly',
    'totalLocalMonthly',
    'totalLocalPlaylists',
    'totalInstance',
    'averageAbuse',
    'totalAbuses',
    'averageRegistration',
    'totalRegistration',
    'totalActivityPub',
    'activityPub',
  ],
};

describe('compared with a PeerTube 6.3', () => {
  let instance: TestInstance;
  let owner: InstanceClient;
  let video: Video;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    owner = await administratorOf(instance);
    video = await publishVideo(owner, {
      name: 'The same fields',
      description: 'Words',
      support: 'Tea',
      tags: 'one,two',
      category: 15,
      licence: 1,
      language: 'en',
    });
  });
  afterAll(() => instance.close());

  const recorded = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(resolve(RECORDED, `${name}.json`), 'utf8'));

  testWithThem.each([
    ['config', '/config'],
    ['config-about', '/config/about'],
    ['oauth-clients-local', '/oauth-clients/local'],
    ['users-me', '/users/me'],
    ['users-me-videos', '/users/me/videos'],
    ['videos', '/videos'],
    ['search-videos-search-test', '/search/videos?search=fields'],
    ['video', '/videos/:uuid'],
    ['video-description', '/videos/:uuid/description'],
    ['video-captions', '/videos/:uuid/captions'],
    ['video-chapters', '/videos/:uuid/chapters'],
    ['video-storyboards', '/videos/:uuid/storyboards'],
    ['video-comment-threads', '/videos/:uuid/comment-threads'],
    ['video-channels', '/video-channels'],
    ['video-channels-root_channel', '/video-channels/root_channel'],
    ['video-channels-root_channel-videos', '/video-channels/root_channel/videos'],
    ['accounts-root', '/accounts/root'],
    ['accounts-root-videos', '/accounts/root/videos'],
    ['video-playlists', '/video-playlists'],
    ['overviews-videos-page-1', '/overviews/videos?page=1'],
    ['videos-categories', '/videos/categories'],
    ['videos-licences', '/videos/licences'],
    ['videos-privacies', '/videos/privacies'],
    ['server-stats', '/server/stats'],
    ['jobs', '/jobs/completed'],
  ])(`every field of %s is in ours, of the same type${WHY}`, async (name, path) => {
    const ours = await owner.call('GET', `/api/v1${path.replace(':uuid', video.uuid)}`);
    const differences = shapeDifferences(await recorded(name), ours);
    const here = (difference: string) =>
      !(NOT_HERE[name] ?? []).some((start) => difference.startsWith(start));
    expect(differences.filter(here)).toEqual([]);
  });

  testWithThem(`the token has the same fields${WHY}`, async () => {
    const ours = await owner.grant({ grant_type: 'password', username: 'root', password: ADMIN_PASSWORD });
    expect(shapeDifferences(await recorded('users-token'), ours)).toEqual([]);
  });

  testWithThem(`ping has the same answer${WHY}`, async () => {
    expect(await owner.call('GET', '/api/v1/ping')).toBe(
      (await readFile(resolve(RECORDED, 'ping.json'), 'utf8')).trim(),
    );
  });

  testWithThem(`refusals have the same status, and say it where older clients look${WHY}`, async () => {
    const refusals = {
      'videos-999999': await owner.ask('GET', '/api/v1/videos/999999'),
      'unauth-users-me': await owner.visitor().ask('GET', '/api/v1/users/me'),
      'upload-novideo': await owner.ask('POST', '/api/v1/videos/upload', { body: new FormData() }),
    };
    for (const [name, { status, body }] of Object.entries(refusals)) {
      const theirs = (await recorded(name)) as { status: number };
      expect([name, status]).toEqual([name, theirs.status]);
      for (const key of ['type', 'detail', 'error'] as const) expect(typeof body[key]).toBe('string');
    }
  });
});
