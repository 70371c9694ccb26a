import { describe, expect, it } from '@jest/globals';
import { hasRecordings, recordedDocument, recordedPost } from '../../testing/recorded.js';
import { type Change, readActivity } from './activities.js';
import { compactDocument } from './compact.js';
import { CONTEXT } from './context.js';
import { readObject } from './objects.js';
import { type JsonObject, type JsonValue, readJson } from './read-json.js';

const HOST = 'https://peer.example';
const base = { id: `${HOST}/1`, actor: `${HOST}/accounts/alice`, object: `${HOST}/videos/1` };
const context = CONTEXT as JsonValue[];
const read = async (fields: JsonObject) =>
  readActivity(await compactDocument({ '@context': context, ...base, ...fields }));
const objectOf = async (object: JsonObject) =>
  readObject(await compactDocument({ '@context': context, ...object }));
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    (error: { code: string }) => error.code,
  );

describe('an activity', () => {
  it.each(['Follow', 'Delete', 'Announce', 'Like', 'Dislike'])(
    '%s says who does it to what',
    async (type) => {
      expect(await read({ type, to: 'as:Public' })).toEqual({
        ...base,
        type,
        to: ['https://www.w3.org/ns/activitystreams#Public'],
        cc: [],
        published: null,
      });
    },
  );

  it.each(['Accept', 'Reject', 'Undo'])('%s has the activity it is about, or its URL', async (type) => {
    const follow = { id: `${HOST}/follows/1`, type: 'Follow', actor: base.actor, object: base.object };
    expect(await read({ type, object: follow })).toMatchObject({
      type,
      object: follow.id,
      activity: { type: 'Follow', object: base.object },
    });
    expect(await read({ type, object: follow.id })).toMatchObject({ object: follow.id, activity: null });
  });

  it('does not read answers to answers', async () => {
    const undo = { id: `${HOST}/undo`, type: 'Undo', actor: base.actor, object: base.object };
    expect(await read({ type: 'Undo', object: undo })).toMatchObject({ object: undo.id, activity: null });
  });

  it('deletes a Tombstone by its URL', async () => {
    expect(await read({ type: 'Delete', object: { id: base.object, type: 'Tombstone' } })).toMatchObject({
      type: 'Delete',
      object: base.object,
    });
  });

  it('creates what is not read here by its URL alone', async () => {
    expect(await read({ type: 'Create', object: { id: `${HOST}/x`, type: 'Article' } })).toMatchObject({
      object: `${HOST}/x`,
      content: null,
    });
  });

  it('of a type that is not read here is no activity for us', async () => {
    expect(await read({ type: 'Arrive' })).toBeNull();
    expect(await read({ type: 'toString' })).toBeNull();
  });

  it.each<[string, JsonObject]>([
    ['no id', { id: '_:b0' }],
    ['an id that is a script', { id: 'javascript:alert(1)' }],
    ['an actor that is a file', { actor: 'file:///etc/passwd' }],
    ['an actor that is data', { actor: 'data:text/html,x' }],
    ['an actor with a password', { actor: 'https://a:b@peer.example/' }],
    ['two actors', { actor: [base.actor, `${HOST}/accounts/bob`] }],
    ['two types', { type: ['Like', 'Dislike'] }],
    ['no object', { object: null }],
    ['two objects', { object: [base.object, `${HOST}/2`] }],
    ['an object without an id', { object: { type: 'Note', content: 'x' } }],
  ])('with %s is refused', async (_what, fields) => {
    expect(await codeOf(read({ type: 'Like', ...fields }))).toMatch(/^(malformed_document|relative_id)$/);
  });

  it('reports several things at once', async () => {
    const tag = [{ type: 'Hashtag', name: 'spamOrMisleading' }];
    expect(
      await read({ type: 'Flag', object: [`${HOST}/1`, `${HOST}/2`], content: 'Look', tag }),
    ).toMatchObject({
      objects: [`${HOST}/1`, `${HOST}/2`],
      content: 'Look',
      reasons: ['spamOrMisleading'],
    });
    expect(await codeOf(read({ type: 'Flag', object: [] }))).toBe('malformed_document');
  });

  it('counts who is watching', async () => {
    const result = { type: 'InteractionCounter', interactionType: 'WatchAction', userInteractionCount: 7 };
    expect(await read({ type: 'View', expires: '2026-01-02T03:04:05Z', result })).toMatchObject({
      expires: new Date('2026-01-02T03:04:05Z'),
      watching: 7,
    });
    expect(await read({ type: 'View' })).toMatchObject({ expires: null, watching: null });
  });
});

const VIDEO = {
  type: 'Video',
  id: `${HOST}/videos/watch/1`,
  uuid: '700377b8-65a1-49ee-ac00-88eb6fd77e5d',
  name: 'A clip',
  published: '2026-01-02T03:04:05Z',
  attributedTo: `${HOST}/video-channels/main`,
};

describe('a video', () => {
  it('that says the least is read with the defaults of PeerTube', async () => {
    expect(await objectOf(VIDEO)).toMatchObject({
      duration: 0,
      views: 0,
      state: 1,
      waitTranscoding: false,
      downloadEnabled: true,
      commentsPolicy: 2,
      isLive: false,
      updated: new Date(VIDEO.published),
      attributedTo: [{ id: VIDEO.attributedTo, type: null }],
      icons: [],
      files: [],
      page: null,
    });
  });

  it.each([
    ['PT20S', 20],
    ['PT1H2M3S', 3723],
    ['PT90M', 5400],
    ['PT1.5S', 1],
    ['P1D', 0],
    ['soon', 0],
  ])('that lasts %s lasts %d seconds', async (duration, seconds) => {
    expect(await objectOf({ ...VIDEO, duration })).toMatchObject({ duration: seconds });
  });

  it('has comments as it says, in the old way too', async () => {
    expect(await objectOf({ ...VIDEO, commentsPolicy: 3 })).toMatchObject({ commentsPolicy: 3 });
    expect(await objectOf({ ...VIDEO, commentsEnabled: true })).toMatchObject({ commentsPolicy: 1 });
    expect(await objectOf({ ...VIDEO, commentsPolicy: 9 })).toMatchObject({ commentsPolicy: 2 });
  });

  it('has links that lead somewhere only', async () => {
    const link = (href: string, mediaType = 'video/mp4') => ({ type: 'Link', mediaType, href, height: 360 });
    const url = [
      link('javascript:alert(1)'),
      link(`${HOST}/a.mp4`),
      link('file:///a.mp4'),
      link('magnet:?xt=x', 'application/x-bittorrent;x-scheme-handler/magnet'),
    ];
    expect(await objectOf({ ...VIDEO, url })).toMatchObject({
      files: [{ href: `${HOST}/a.mp4`, height: 360, magnet: 'magnet:?xt=x', torrent: null }],
    });
  });

  it.each(['id', 'uuid', 'name', 'published', 'attributedTo'])('without %s is refused', async (field) => {
    const { [field]: _missing, ...rest } = VIDEO as JsonObject;
    expect(await codeOf(objectOf(rest))).toBe('malformed_document');
  });

  it.each<[string, JsonValue]>([
    ['uuid', "1' OR '1'='1"],
    ['name', '   '],
    ['published', 'yesterday'],
    ['attributedTo', 'javascript:alert(1)'],
  ])('with %s %j is refused', async (field, value) => {
    expect(await codeOf(objectOf({ ...VIDEO, [field]: value }))).toBe('malformed_document');
  });
});

const PERSON = {
  type: 'Person',
  id: `${HOST}/accounts/alice`,
  preferredUsername: 'alice',
  inbox: `${HOST}/accounts/alice/inbox`,
  publicKey: { id: `${HOST}/accounts/alice#main-key`, owner: `${HOST}/accounts/alice`, publicKeyPem: 'PEM' },
};

describe('an actor', () => {
  it('that says the least is read', async () => {
    expect(await objectOf(PERSON)).toMatchObject({
      type: 'Person',
      name: 'alice',
      sharedInbox: null,
      outbox: null,
      publicKey: { id: PERSON.publicKey.id, publicKeyPem: 'PEM' },
    });
  });

  it('has its page by a URL or a Link', async () => {
    const page = `${HOST}/a/alice`;
    expect(await objectOf({ ...PERSON, url: page })).toMatchObject({ url: page });
    expect(
      await objectOf({ ...PERSON, url: [{ type: 'Link', mediaType: 'text/html', href: page }] }),
    ).toMatchObject({
      url: page,
    });
  });

  it.each<[string, JsonObject]>([
    ['a key of somebody else', { publicKey: { ...PERSON.publicKey, owner: `${HOST}/accounts/bob` } }],
    ['a key at another server', { publicKey: { ...PERSON.publicKey, id: 'https://evil.example/key' } }],
    [
      'two keys',
      { publicKey: [PERSON.publicKey, { ...PERSON.publicKey, id: `${PERSON.id}#other`, publicKeyPem: 'X' }] },
    ],
    ['two types', { type: ['Person', 'Application'] }],
    ['no key', { publicKey: null }],
    ['the URL of a key', { publicKey: PERSON.publicKey.id }],
    ['an inbox that is no URL', { inbox: "x'; DROP TABLE actors" }],
    ['no user name', { preferredUsername: null }],
    ['a user name with a slash', { preferredUsername: 'a/b' }],
    ['a user name with markup', { preferredUsername: '<b>' }],
  ])('with %s is refused', async (_what, fields) => {
    expect(await codeOf(objectOf({ ...PERSON, ...fields }))).toBe('malformed_document');
  });
});

(hasRecordings ? describe : describe.skip)('what PeerTube sent', () => {
  const activity = async (name: string) =>
    readActivity(await compactDocument(readJson(recordedPost(name).body)));

  it('is a video with its files, playlist and trackers', async () => {
    const { content } = (await activity('update-video.json')) as Change;
    expect(content).toMatchObject({
      type: 'Video',
      name: 'Test pattern 640x360',
      duration: 20,
      category: { identifier: '15', name: 'Science & Technology' },
      tags: ['loopback', 'test'],
      icons: [{ width: 280 }, { width: 850 }],
      attributedTo: [{ type: 'Person' }, { type: 'Group' }],
      files: [
        { height: 360, fps: 25, size: 413571, magnet: expect.stringContaining('btih:4b1d3c7e') },
        { height: 240, fps: 25, size: 373484, magnet: expect.stringContaining('btih:ffb7376f') },
      ],
      playlists: [{ infoHashes: ['237773a61e58fce0fcdbc1a0f2ec460920c32446'], files: [{ height: 360 }] }],
      trackers: ['http://localhost:9001/tracker/announce', 'ws://localhost:9001/tracker/socket'],
    });
  });

  it('is a comment, a cache, a report and a channel', async () => {
    expect(await activity('create-note.json')).toMatchObject({
      content: { type: 'Note', content: 'Hello from **9002**', mediaType: 'text/markdown' },
    });
    expect(await activity('create-cachefile.json')).toMatchObject({
      content: {
        type: 'CacheFile',
        height: 360,
        size: 413571,
        mediaType: 'video/mp4',
        expires: expect.any(Date),
      },
    });
    expect(await activity('flag.json')).toMatchObject({ reasons: ['spamOrMisleading'] });
    expect(await activity('update-group.json')).toMatchObject({
      content: { type: 'Group', name: 'Root channel', attributedTo: [{ type: 'Person' }] },
    });
    expect(await activity('create-playlist.json')).toMatchObject({ content: null });
  });

  it.each(['account', 'channel', 'instance'])('is its %s', async (kind) => {
    const document = readJson(recordedDocument(`get-actor-${kind}.json`));
    expect(readObject(await compactDocument(document))).toMatchObject({
      id: document.id,
      sharedInbox: 'http://localhost:9001/inbox',
    });
  });
});
