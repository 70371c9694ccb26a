import { describe, expect, it } from '@jest/globals';
import { type JsonObject } from '../vocabulary/read-json.js';
import { buildNodeinfo, buildNodeinfoIndex, type NodeinfoFacts, nodeinfoType } from './nodeinfo.js';
import { readNodeinfo, readNodeinfoIndex } from './read-nodeinfo.js';

const ORIGIN = 'https://video.example';
const FACTS: NodeinfoFacts = {
  version: '1.2.3',
  repository: 'https://code.example/vidiverse',
  openRegistrations: false,
  users: { total: 3, activeMonth: 2, activeHalfyear: 2 },
  localVideos: 7,
  localComments: 5,
  nodeName: 'Our videos',
  nodeDescription: 'About us',
  feeds: ['atom1.0', 'rss2.0'],
};
const json = (value: object) => value as unknown as JsonObject;

describe('NodeInfo', () => {
  it('has an index of both versions and the actor of the instance', () => {
    const index = buildNodeinfoIndex(ORIGIN, `${ORIGIN}/accounts/peertube`);
    expect(index.links.map(({ rel, href }) => [rel, href])).toEqual([
      ['http://nodeinfo.diaspora.software/ns/schema/2.0', `${ORIGIN}/nodeinfo/2.0.json`],
      ['http://nodeinfo.diaspora.software/ns/schema/2.1', `${ORIGIN}/nodeinfo/2.1.json`],
      ['https://www.w3.org/ns/activitystreams#Application', `${ORIGIN}/accounts/peertube`],
    ]);
    expect(readNodeinfoIndex(json(index))).toEqual({
      document: `${ORIGIN}/nodeinfo/2.1.json`,
      application: `${ORIGIN}/accounts/peertube`,
    });
  });

  it('has exactly the members that the schema of its version allows', () => {
    const members = [
      'version',
      'software',
      'protocols',
      'services',
      'openRegistrations',
      'usage',
      'metadata',
    ];
    const [older, newer] = [buildNodeinfo('2.0', FACTS), buildNodeinfo('2.1', FACTS)];
    for (const document of [older, newer]) {
      expect(Object.keys(document).sort()).toEqual(members.sort());
      expect(document.usage).toEqual({ users: FACTS.users, localPosts: 7, localComments: 5 });
    }
    expect(older.software).toEqual({ name: 'vidiverse', version: '1.2.3' });
    expect(newer.software).toEqual({ ...older.software, repository: FACTS.repository });
    expect(nodeinfoType('2.1')).toBe(
      'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"',
    );
  });

  it('is read as it was built', () => {
    expect(readNodeinfo(json(buildNodeinfo('2.1', FACTS)))).toEqual({
      software: { name: 'vidiverse', version: '1.2.3' },
      protocols: ['activitypub'],
      openRegistrations: false,
      users: 3,
      localPosts: 7,
      localComments: 5,
      nodeName: 'Our videos',
    });
  });

  it('is read without what is missing or nonsense, and cut to a size', () => {
    const read = readNodeinfo({
      software: { name: 'X'.repeat(1000), version: 7 },
      protocols: Array<string>(1000).fill('ActivityPub'),
      usage: { users: { total: -1 }, localPosts: 1e300, localComments: '5' },
      openRegistrations: 'yes',
      metadata: null,
    });
    expect(read.software).toEqual({ name: 'x'.repeat(200), version: '' });
    expect(read.protocols).toHaveLength(50);
    expect(JSON.parse(JSON.stringify({ ...read, software: 0, protocols: 0 }))).toEqual({
      software: 0,
      protocols: 0,
    });
    expect(() => readNodeinfo({ software: 'x' })).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('has an index whose links are web addresses', () => {
    for (const links of ['x', [null, 'x'], [{ rel: 'x' }], [{ rel: 'x', href: 1 }]]) {
      expect(readNodeinfoIndex(json({ links }))).toEqual({});
    }
    const rel = 'https://www.w3.org/ns/activitystreams#Application';
    expect(readNodeinfoIndex({ links: [{ rel, href: 'file:///etc/passwd' }] })).toEqual({});
  });
});
