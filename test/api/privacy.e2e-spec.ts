import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PeerSocket } from '@vidiverse/torrent/testing';
import { DataSource } from 'typeorm';
import { addUser, administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';

const PRIVACIES = { public: 1, unlisted: 2, private: 3, internal: 4 } as const;
type Privacy = keyof typeof PRIVACIES;

const pathOf = (url: string) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

describe('privacy', () => {
  let instance: TestInstance;
  let owner: InstanceClient;
  let other: InstanceClient;
  let moderator: InstanceClient;
  let visitor: InstanceClient;
  /** One video of each privacy, and what its file is called and hashed to. */
  const videos = {} as Record<Privacy, Video>;
  const filenames = {} as Record<Privacy, string>;
  const hashes = {} as Record<Privacy, string>;
  const torrents = {} as Record<Privacy, string>;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    const administrator = await administratorOf(instance);
    owner = await addUser(administrator, 'owner');
    other = await addUser(administrator, 'other');
    moderator = await addUser(administrator, 'moderator', { role: 1 });
    visitor = visitorOf(instance);
    for (const privacy of Object.keys(PRIVACIES) as Privacy[]) {
      // Open at first, so that hash and torrent, which closed videos do not tell, are known to whoever looked.
      const video = await publishVideo(owner, {
        name: `Video ${privacy}`,
        tags: 'secret',
        description: 'Hush',
      });
      const [file] = video.files;
      hashes[privacy] = file!.infoHash!;
      torrents[privacy] = pathOf(file!.torrentUrl);
      filenames[privacy] = file!.fileUrl.split('/').at(-1)!;
      await owner.updateVideo(video.uuid, { privacy: PRIVACIES[privacy] });
      videos[privacy] = await owner.video(video.uuid);
    }
  });
  afterAll(() => instance.close());

  const statusOf = async (client: InstanceClient, path: string, method = 'GET') =>
    (await client.ask(method, path)).status;

  /** 1 for each that gets an answer: visitor, another user, the owner, a moderator. */
  const whoGets = async (path: string, method?: string) => {
    const statuses = await Promise.all(
      [visitor, other, owner, moderator].map((client) => statusOf(client, path, method)),
    );
    return statuses.map((status) => (status < 300 ? 1 : 0)).join('');
  };

  describe.each([
    ['public', '1111'],
    ['unlisted', '1111'],
    ['internal', '0111'],
    ['private', '0011'],
  ] as const)('a video that is %s', (privacy, mayOpen) => {
    test('is opened by whom it is for, by whatever id and in every part', async () => {
      const { id, uuid, shortUUID } = videos[privacy];
      for (const name of [id, uuid, shortUUID]) expect(await whoGets(`/api/v1/videos/${name}`)).toBe(mayOpen);
      const parts = ['description', 'captions', 'chapters', 'storyboards', 'comment-threads', 'swarm'];
      for (const part of [...parts, `metadata/${videos[privacy].files[0]!.id}`])
        expect([part, await whoGets(`/api/v1/videos/${uuid}/${part}`)]).toEqual([part, mayOpen]);
      expect(await whoGets(`/api/v1/videos/${uuid}/token`, 'POST')).toBe(mayOpen);
      expect(await whoGets(`/api/v1/videos/${uuid}/views`, 'POST')).toBe(mayOpen);
    });

    test('is for the others as if there were none', async () => {
      if (mayOpen === '1111') return;
      const { headers: _, ...secret } = await visitor.ask('GET', `/api/v1/videos/${videos[privacy].uuid}`);
      const { headers: __, ...none } = await visitor.ask('GET', '/api/v1/videos/999999');
      expect({ ...secret.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
    });

    test('is in lists and search only when it is public', async () => {
      const lists = [
        'videos?count=100',
        'search/videos?search=video',
        'search/videos?search=secret',
        'search/videos?tagsOneOf=secret',
        'accounts/owner/videos',
        'video-channels/owner_channel/videos',
        'overviews/videos',
        `videos?privacyOneOf=${PRIVACIES[privacy]}`,
      ];
      for (const path of lists)
        for (const client of [visitor, other, owner]) {
          const text = JSON.stringify(await client.call('GET', `/api/v1/${path}`));
          expect([path, text.includes(videos[privacy].uuid)]).toEqual([path, privacy === 'public']);
        }
      const mine = JSON.stringify(await owner.call('GET', '/api/v1/users/me/videos?count=100'));
      expect(mine).toContain(videos[privacy].uuid);
      const staff = await moderator.call('GET', `/api/v1/videos?privacyOneOf=${PRIVACIES[privacy]}`);
      expect(JSON.stringify(staff)).toContain(videos[privacy].uuid);
    });

    test('gives its file to whom it is for', async () => {
      const name = filenames[privacy];
      const open = mayOpen === '1111';
      for (const folder of ['static/web-videos', 'static/webseed'])
        expect(await whoGets(`/${folder}/${name}`)).toBe(open ? '1111' : '0000');
      for (const path of [
        `/static/web-videos/private/${name}`,
        `/download/web-videos/${name}`,
        `/download/web-videos/${videos[privacy].uuid}-96.mp4`,
      ]) {
        expect([path, await whoGets(path)]).toEqual([path, mayOpen]);
        expect([path, await whoGets(path, 'HEAD')]).toEqual([path, mayOpen]);
      }
    });

    test('has addresses of files that play without a header', async () => {
      const [file] = (await owner.video(videos[privacy].uuid)).files;
      for (const url of [file!.fileUrl, file!.fileDownloadUrl]) {
        const { status, headers } = await visitor.ask('GET', pathOf(url));
        expect(status).toBe(200);
        if (mayOpen !== '1111') expect(headers.get('cache-control')).toBe('private, no-store');
      }
    });

    test('has a torrent and a swarm only when it is open', async () => {
      const open = mayOpen === '1111';
      const [file] = (await owner.video(videos[privacy].uuid)).files;
      expect([file!.infoHash, file!.torrentUrl !== '', file!.magnetUri !== '']).toEqual([
        open ? hashes[privacy] : null,
        open,
        open,
      ]);
      for (const path of [torrents[privacy], torrents[privacy].replace('lazy-static', 'download')])
        expect(await whoGets(path)).toBe(open ? '1111' : '0000');
      expect(await announceByHttp(hashes[privacy])).toBe(open);
      expect(await announceBySocket(hashes[privacy])).toBe(open);
    });

    test('tells its name in the head of its page only when it is open', async () => {
      const { shortUUID, uuid, name } = videos[privacy];
      for (const path of [`/w/${shortUUID}`, `/w/${uuid}`, `/videos/watch/${uuid}`]) {
        const { status, body } = await visitor.ask<string>('GET', path);
        const open = mayOpen === '1111';
        expect([status, body.includes(name), body.includes('Hush')]).toEqual([open ? 200 : 404, open, open]);
        expect(body).toContain('og:platform');
        expect(body.includes('noindex')).toBe(privacy === 'unlisted');
      }
    });

    test('has pictures for whoever knows their unguessable names', async () => {
      for (const path of [videos[privacy].thumbnailPath, videos[privacy].previewPath]) {
        expect(path).toMatch(/\/[0-9a-f]{8}-[0-9a-f-]{27}\.jpg$/);
        expect(await whoGets(path)).toBe('1111');
      }
    });
  });

  test('a file token opens the files of its own video, and no other or altered one does', async () => {
    const path = (privacy: Privacy, token: string) =>
      `/static/web-videos/private/${filenames[privacy]}?videoFileToken=${encodeURIComponent(token)}`;
    const { files } = await owner.call<{ files: { token: string } }>(
      'POST',
      `/api/v1/videos/${videos.private.uuid}/token`,
    );
    expect(await statusOf(visitor, path('private', files.token))).toBe(200);
    expect(await statusOf(visitor, path('internal', files.token))).toBe(403);
    const [expires, signature] = files.token.split('.') as [string, string];
    for (const wrong of [
      '',
      'x',
      `${Number(expires) + 1}.${signature}`,
      `${expires}.`,
      `1.${signature}`,
      signature,
    ])
      expect(await statusOf(visitor, path('private', wrong))).toBe(403);
    expect(await statusOf(visitor, `${path('private', 'x')}&videoFileToken=${files.token}`)).toBe(403);
  });

  test('a file token opens nothing but files', async () => {
    const [file] = (await owner.video(videos.private.uuid)).files;
    const query = new URL(file!.fileUrl).search;
    expect(await statusOf(visitor, `/api/v1/videos/${videos.private.uuid}${query}`)).toBe(404);
    expect(await statusOf(visitor, torrents.private + query)).toBe(404);
  });

  test('a video that is still processed is seen by its owner and the staff alone', async () => {
    const { uuid } = await publishVideo(owner, { name: 'In the works' });
    await instance.nest.get(DataSource).getRepository('videos').update({ uuid }, { state: 2 });
    expect(await whoGets(`/api/v1/videos/${uuid}`)).toBe('0011');
    expect(await visitor.videos({ search: 'works' })).toMatchObject({ total: 0 });
    await owner.removeVideo(uuid);
  });

  describe('a public video that is made private', () => {
    test('is closed in the same moment, and opened again when it is made public', async () => {
      const video = await publishVideo(owner, { name: 'Changing its mind' });
      const [file] = video.files;
      const places = [
        `/api/v1/videos/${video.uuid}`,
        pathOf(file!.fileUrl),
        pathOf(file!.fileDownloadUrl),
        pathOf(file!.torrentUrl),
        `/w/${video.shortUUID}`,
      ];
      const socket = await PeerSocket.open(`${instance.address.replace('http', 'ws')}/tracker/socket`);
      try {
        for (const path of places) expect(await statusOf(visitor, path)).toBe(200);
        expect(await socket.join(file!.infoHash!)).not.toHaveProperty('failure reason');
        await until(async () => (await swarmOf(video.uuid)) === 1, 'the peer is counted');

        await owner.updateVideo(video.uuid, { privacy: PRIVACIES.private });
        for (const path of places) expect([403, 404]).toContain(await statusOf(visitor, path));
        expect((await visitor.videos({ count: 100 })).data.map(({ uuid }) => uuid)).not.toContain(video.uuid);
        expect(await announceByHttp(file!.infoHash!)).toBe(false);
        expect(await socket.join(file!.infoHash!)).toHaveProperty('failure reason');

        await owner.updateVideo(video.uuid, { privacy: PRIVACIES.public });
        for (const path of places) expect(await statusOf(visitor, path)).toBe(200);
        expect(await swarmOf(video.uuid)).toBe(0);
        expect(await announceByHttp(file!.infoHash!)).toBe(true);
        expect((await owner.video(video.uuid)).files[0]!.infoHash).toBe(file!.infoHash);
      } finally {
        socket.close();
      }
    });
  });

  const swarmOf = async (uuid: string) => {
    const { files } = await owner.call<{ files: Array<{ seeders: number; leechers: number }> }>(
      'GET',
      `/api/v1/videos/${uuid}/swarm`,
    );
    return files[0]!.seeders + files[0]!.leechers;
  };

  /** Whether the HTTP tracker takes an announce of it. */
  async function announceByHttp(infoHash: string): Promise<boolean> {
    const bytes = infoHash.replace(/../g, '%$&');
    const query = `info_hash=${bytes}&peer_id=-XX0001-${'0'.repeat(12)}&port=6881&left=0&compact=1&event=started`;
    const answer = await fetch(`${instance.address}/tracker/announce?${query}`);
    const text = await answer.text();
    await fetch(`${instance.address}/tracker/announce?${query.replace('started', 'stopped')}`);
    return !text.includes('failure reason');
  }

  /** Whether the web socket tracker takes an announce of it. */
  async function announceBySocket(infoHash: string): Promise<boolean> {
    const socket = await PeerSocket.open(`${instance.address.replace('http', 'ws')}/tracker/socket`);
    try {
      return !('failure reason' in (await socket.join(infoHash)));
    } finally {
      socket.close();
    }
  }
});
