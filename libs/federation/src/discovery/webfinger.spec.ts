import { describe, expect, it } from '@jest/globals';
import { type JsonObject } from '../vocabulary/read-json.js';
import { buildHostMeta, buildHostMetaXml } from './host-meta.js';
import { buildWebfinger, readWebfinger } from './webfinger.js';

const ORIGIN = 'https://video.example';
const ACTOR = `${ORIGIN}/accounts/alice`;
const ALICE = { name: 'alice', host: 'video.example' };
const AS2 = 'application/activity+json';

const answer = (more: object = {}): JsonObject => ({
  ...(buildWebfinger(ALICE, ACTOR, ORIGIN) as unknown as JsonObject),
  ...more,
});
const self = (href: unknown, type: string | undefined = AS2) => ({ rel: 'self', type, href });

describe('a WebFinger answer', () => {
  it('says who it is about, which actor that is and where to follow it', () => {
    expect(buildWebfinger(ALICE, ACTOR, ORIGIN)).toEqual({
      subject: 'acct:alice@video.example',
      aliases: [ACTOR],
      links: [
        { rel: 'self', type: AS2, href: ACTOR },
        {
          rel: 'http://ostatus.org/schema/1.0/subscribe',
          template: `${ORIGIN}/remote-interaction?uri={uri}`,
        },
      ],
    });
  });

  it('names the actor, in whatever case the handle is spelled', () => {
    expect(readWebfinger(answer(), ALICE)).toBe(ACTOR);
    expect(readWebfinger(answer({ subject: 'acct:Alice@VIDEO.example' }), ALICE)).toBe(ACTOR);
    expect(readWebfinger(answer(), { name: 'ALICE', host: 'video.example' })).toBe(ACTOR);
  });

  it('may have other links, and the same one twice', () => {
    const profile = { rel: 'self', type: 'text/html', href: `${ORIGIN}/@alice` };
    const again = self(ACTOR, 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"');
    expect(readWebfinger(answer({ links: [profile, self(ACTOR), again, 'x', null] }), ALICE)).toBe(ACTOR);
  });

  it.each([
    'acct:bob@video.example',
    'acct:alice@other.example',
    'acct:alice@video.example.evil.example',
    'acct:alice@video.example@evil.example',
    'acct:alice@video.example:8443',
    'alice@video.example',
    ACTOR,
    undefined,
    ['acct:alice@video.example'],
  ])('about %s is refused', (subject) => {
    expect(() => readWebfinger(answer({ subject }), ALICE)).toThrow(
      expect.objectContaining({ code: 'wrong_id' }),
    );
  });

  it.each([
    ['two actors', [self(ACTOR), self(`${ORIGIN}/accounts/bob`)]],
    ['no actor', []],
    ['no type', [{ rel: 'self', href: ACTOR }]],
    ['a page instead of an actor', [self(ACTOR, 'text/html')]],
    ['an actor that is no web address', [self('javascript:alert(1)')]],
    ['an actor with a user name', [self('https://video.example@evil.example/')]],
    ['an actor that is no text', [self({})]],
    ['no list', 'x'],
    ['a thousand links', [self(ACTOR), ...Array<object>(1000).fill({ rel: 'x' })]],
  ])('with %s is refused', (_name, links) => {
    expect(() => readWebfinger(answer({ links }), ALICE)).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });
});

it('host-meta says in XML and in JSON where WebFinger is', () => {
  const template = `${ORIGIN}/.well-known/webfinger?resource={uri}`;
  expect(buildHostMetaXml(ORIGIN)).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<XRD xmlns=/);
  expect(buildHostMetaXml(ORIGIN)).toContain(`rel="lrdd" type="application/jrd+json" template="${template}"`);
  expect(buildHostMeta(ORIGIN)).toEqual({ links: [{ rel: 'lrdd', type: 'application/jrd+json', template }] });
});
