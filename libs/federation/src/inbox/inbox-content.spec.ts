import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { activity, ADA, type Fields, InboxLab } from '../../testing/inbox-lab.js';
import { DEFAULT_DOCUMENT_LIMITS } from '../vocabulary/read-json.js';

const LIMIT = DEFAULT_DOCUMENT_LIMITS.maxBytes;

describe('what an inbox looks at before anything else', () => {
  let lab: InboxLab;

  beforeAll(async () => {
    lab = await InboxLab.open({ maxRefusals: 100 });
  });
  beforeEach(() => {
    lab.keys.asked.length = 0;
    lab.journal.entries.length = 0;
  });
  // What is refused leaves nothing behind, and nobody is asked.
  const expectNoEffect = () => expect([lab.journal.entries, lab.keys.asked]).toEqual([[], []]);
  const typed = (type: string | null) => lab.outcome(activity(), { headers: { 'content-type': type } });

  test.each([
    'application/activity+json',
    'application/activity+json; charset=utf-8',
    'Application/Activity+JSON',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json',
  ])('the type %s is taken', async (type) => {
    expect(await typed(type)).toEqual([202, 'recorded']);
  });

  test.each(['text/html', 'application/json', 'application/ld+json; profile="https://x.example/"', '', null])(
    'the type %s is refused',
    async (type) => {
      expect(await typed(type)).toEqual([415, 'wrong_content_type']);
      expectNoEffect();
    },
  );

  test('a compressed body is refused, whatever it would become', async () => {
    const body = gzipSync(Buffer.alloc(50_000_000));
    const headers = { 'content-encoding': 'gzip' };
    expect(await lab.outcome(activity(), { body, headers })).toEqual([413, 'encoded_body']);
    expectNoEffect();
  });

  test('a body above the limit is refused', async () => {
    expect(await lab.outcome(activity({ summary: 'x'.repeat(LIMIT) }))).toEqual([413, 'payload_too_large']);
    expectNoEffect();
  });

  const nested = (depth: number) => '{"object":'.repeat(depth) + '1' + '}'.repeat(depth);
  test.each<[string, string | Buffer, string]>([
    ['no JSON', 'hello', 'not_json'],
    ['an empty body', '', 'not_json'],
    ['a JSON array', '[]', 'not_an_object'],
    ['a key twice', '{"type":"Like","type":"Delete"}', 'duplicate_key'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not_utf8'],
    ['a lone surrogate', '{"name":"\\ud800"}', 'lone_surrogate'],
    ['deep nesting', nested(10_000), 'too_deep'],
    ['a hundred thousand recipients', `{"to":[${'"",'.repeat(80_000)}""]}`, 'too_many_values'],
    ['a very long string', `{"name":"${'x'.repeat(200_000)}"}`, 'string_too_long'],
  ])('%s is refused', async (_, body, code) => {
    expect(await lab.outcome(activity(), { body })).toEqual([400, code]);
    expectNoEffect();
  });

  test('keys that reach for prototypes are not there', async () => {
    const like = JSON.stringify(activity()).replace('{', '{"__proto__":{"polluted":1},');
    expect(({} as Fields).polluted).toBeUndefined();
    expect(await lab.outcome(activity(), { body: like })).toEqual([401, 'wrong_digest']);
    expect(({} as Fields).polluted).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    'the key %s is not read, also when it is signed',
    async (key) => {
      const inner = JSON.parse(`{"${key}":{"polluted":1,"prototype":{"polluted":1}}}`) as Fields;
      const object = { id: 'https://here.example/videos/watch/1', ...inner };
      expect(await lab.outcome({ ...activity({ object }), ...inner })).toEqual([202, 'recorded']);
      expect(JSON.stringify(lab.journal.entries)).not.toContain('polluted');
      for (const value of [{}, [], () => undefined]) expect(value).not.toHaveProperty('polluted');
    },
  );

  describe('of an activity itself', () => {
    test.each<[string, Fields]>([
      ['no id', { id: null }],
      ['an id that is no URL', { id: 'urn:uuid:1' }],
      ['an id with user information', { id: 'https://ada@peer.example/1' }],
      ['no actor', { actor: null }],
      ['two actors', { actor: [ADA, `${ADA}2`] }],
      ['an actor that is a script', { actor: 'javascript:alert(1)' }],
      ['an actor in a file', { actor: 'file:///etc/passwd' }],
      ['an actor behind a socket', { actor: 'unix:/var/run/docker.sock' }],
      ['an id that is data', { id: 'data:text/plain,x' }],
      ['an id with a backslash', { id: 'https://peer.example\\@other.example/1' }],
      ['an id with a tab', { id: 'https://peer.example/\t1' }],
      ['an id with a line break', { id: 'https://peer.example/\r\nHost: other.example' }],
      ['two types', { type: ['Like', 'Follow'] }],
    ])('%s is refused', async (_, changes) => {
      expect(await lab.send(activity(changes), { by: ADA })).toMatchObject({ status: 400 });
      expect(lab.journal.entries).toEqual([]);
    });

    test('a type that nobody knows is taken, to be told apart later', async () => {
      expect(await lab.outcome(activity({ type: 'Wave' }))).toEqual([202, 'recorded']);
      expect(lab.journal.entries[0]).toMatchObject({ type: 'Unknown' });
    });
  });

  describe('of a collection', () => {
    const collection = (items: Fields[]): Fields => ({
      '@context': activity()['@context']!,
      id: `${ADA}/outbox`,
      type: 'OrderedCollection',
      orderedItems: items.map(({ '@context': _, ...item }) => item),
    });
    const likes = (count: number) =>
      Array.from({ length: count }, (_, number) => activity({ id: `${ADA}/likes/${number}` }));

    test('each activity is recorded', async () => {
      expect(await lab.outcome(collection(likes(3)), { by: ADA })).toEqual([202, 'recorded']);
      expect(lab.journal.entries.map(({ activityUrl }) => activityUrl)).toEqual(likes(3).map(({ id }) => id));
    });

    test('activities of others are left out', async () => {
      const mixed = collection([activity(), activity({ actor: `${ADA}2`, id: `${ADA}2/likes/1` })]);
      expect(await lab.outcome(mixed, { by: ADA })).toEqual([202, 'recorded']);
      expect(lab.journal.entries.map(({ actorUrl }) => actorUrl)).toEqual([ADA]);
    });

    test('none but activities of others is refused', async () => {
      const foreign = collection([activity({ actor: `${ADA}2`, id: `${ADA}2/likes/1` })]);
      expect(await lab.outcome(foreign, { by: ADA })).toEqual([401, 'not_the_actor']);
      expect(lab.journal.entries).toEqual([]);
    });

    test('too many activities are refused', async () => {
      expect(await lab.outcome(collection(likes(21)), { by: ADA })).toEqual([400, 'too_many_activities']);
      expectNoEffect();
    });

    test('no activity at all is refused', async () => {
      expect(await lab.outcome(collection([]), { by: ADA })).toEqual([400, 'malformed_activity']);
      expectNoEffect();
    });
  });

  test('an activity without any signature is refused', async () => {
    const headers = { signature: null };
    expect(await lab.outcome(activity(), { headers })).toEqual([401, 'missing_signature']);
    expectNoEffect();
  });
});
