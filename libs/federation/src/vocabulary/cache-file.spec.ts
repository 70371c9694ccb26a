import { describe, expect, it } from '@jest/globals';
import { hasRecordings, recordedPost } from '../../testing/recorded.js';
import { readActivity } from './activities.js';
import { buildCacheFile, type CachedFile, readCacheFile } from './cache-file.js';
import { compactDocument } from './compact.js';
import { CONTEXT } from './context.js';
import { type JsonObject, type JsonValue, readJson } from './read-json.js';

const CACHE = 'https://cache.example';
const FILE: CachedFile = {
  id: `${CACHE}/redundancy/videos/7acbcfb5-7cd9-4948-86cc-ead8d3571f71/360-25`,
  video: 'https://origin.example/videos/watch/7acbcfb5-7cd9-4948-86cc-ead8d3571f71',
  expires: new Date('2026-11-24T13:08:31.178Z'),
  href: `${CACHE}/static/redundancy/df0a0998-360.mp4`,
  mediaType: 'video/mp4',
  height: 360,
  size: 413_571,
  fps: 25,
};
const built = buildCacheFile(FILE);
const link = built.url as JsonObject;

const read = async (document: JsonObject) =>
  readCacheFile(await compactDocument({ '@context': CONTEXT as JsonValue[], ...document }));
const codeOf = (document: JsonObject) =>
  read(document).then(
    () => 'read',
    ({ code }: { code: string }) => code,
  );

describe('a CacheFile', () => {
  it('is read as it was built', async () => {
    const { video, ...fields } = FILE;
    expect(await read(built)).toEqual({ type: 'CacheFile', object: video, copy: 'file', ...fields });
  });

  it('may say no end and no frame rate', async () => {
    expect(await read(buildCacheFile({ ...FILE, expires: null, fps: null }))).toMatchObject({
      expires: null,
      fps: null,
    });
  });

  it('of HLS is the folder of a playlist, without a size', async () => {
    const folder = `${CACHE}/static/redundancy/hls/7acbcfb5`;
    const url = { type: 'Link', mediaType: 'application/x-mpegURL', href: folder };
    expect(await read({ ...built, url })).toMatchObject({
      copy: 'playlist',
      href: folder,
      height: null,
      size: null,
    });
  });

  it.each<[string, JsonObject]>([
    ['an id that is only a name', { id: 'urn:uuid:7acbcfb5-7cd9-4948-86cc-ead8d3571f71' }],
    ['an id that is no URL', { id: 'javascript:alert(1)' }],
    ['no video', { object: [] }],
    ['two videos', { object: [FILE.video, `${FILE.video}/2`] }],
    ['no url', { url: [] }],
    ['a url that is a text', { url: FILE.href }],
    ['two urls', { url: [link, { ...link, href: `${CACHE}/other.mp4` }] }],
    ['two addresses', { url: { ...link, href: [FILE.href, `${CACHE}/other.mp4`] } }],
    ['an address with a name and a password', { url: { ...link, href: 'https://a:b@cache.example/x.mp4' } }],
    ['an address that is no web page', { url: { ...link, href: 'file:///etc/passwd' } }],
    ['an address of 3,000 characters', { url: { ...link, href: `${CACHE}/${'x'.repeat(3000)}` } }],
    ['no media type', { url: { type: 'Link', href: FILE.href, height: 360, size: 1 } }],
    ['a media type that is not played', { url: { ...link, mediaType: 'text/html' } }],
    ['no height', { url: { ...link, height: null } }],
    ['a negative height', { url: { ...link, height: -1 } }],
    ['no size', { url: { ...link, size: null } }],
    ['a size of nothing', { url: { ...link, size: 0 } }],
    ['a size of parts of bytes', { url: { ...link, size: 1.5 } }],
    ['a size beyond what numbers hold', { url: { ...link, size: 2 ** 60 } }],
    ['an end that is no date', { expires: 'tomorrow' }],
  ])('with %s is refused', async (_what, fields) => {
    expect(await codeOf({ ...built, ...fields })).toBe('malformed_document');
  });
});

(hasRecordings ? describe : describe.skip)('a CacheFile of PeerTube 6.3', () => {
  const recorded = () => readJson(recordedPost('create-cachefile.json').body);

  it('is read as what it offers', async () => {
    expect(readActivity(await compactDocument(recorded()))).toMatchObject({
      type: 'Create',
      actor: 'http://localhost:9002/accounts/peertube',
      content: {
        type: 'CacheFile',
        object: 'http://localhost:9001/videos/watch/7acbcfb5-7cd9-4948-86cc-ead8d3571f71',
        expires: new Date('2026-11-24T13:08:31.178Z'),
        copy: 'file',
        href: 'http://localhost:9002/static/redundancy/df0a0998-0a66-4633-b81f-25bb9a218547-360.mp4',
        height: 360,
        size: 413_571,
        fps: 25,
      },
    });
  });

  it('has what ours has, and whom it is meant for', () => {
    const { to: _to, cc: _cc, ...object } = recorded().object as JsonObject;
    const { href, mediaType, height, size, fps } = object.url as Record<string, never>;
    const same = { id: object.id, video: object.object, expires: new Date(object.expires as string) };
    expect(buildCacheFile({ ...same, href, mediaType, height, size, fps } as CachedFile)).toEqual(object);
  });
});
