import { expect, test } from '@jest/globals';
import { searchAnswer, versionAnswer } from './registry-answers.js';

const hash = `sha512-${'A'.repeat(86)}==`;
const version = {
  name: 'vidiverse-plugin-x',
  version: '1.0.0',
  dist: { tarball: 'https://r.example/x.tgz' },
};

test('hostile text is text: shortened, on one line, with no marks that turn its direction', () => {
  const { description, homepage, license, _npmUser } = versionAnswer.parse({
    ...version,
    description: `<script>\u202e\n${'x'.repeat(5000)}`,
    homepage: 'javascript:alert(1)',
    license: { type: 'MIT' },
    _npmUser: 'someone',
  });
  expect(description).toMatch(/^<script> x+\.\.\.$/);
  expect(description!.length).toBe(300);
  expect([homepage, license, _npmUser]).toEqual([null, null, null]);
});

test('of several hashes only a whole sha512 counts', () => {
  const integrityOf = (integrity: unknown) =>
    versionAnswer.parse({ ...version, dist: { ...version.dist, integrity } }).dist.integrity;
  expect(integrityOf(`sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= ${hash}`)).toBe(hash);
  for (const weak of ['sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'sha512-AAAA', `${hash}x`, 7, undefined])
    expect(integrityOf(weak)).toBeNull();
});

test.each(['1.0', 'latest', '1.0.0/../..', 'v1.0.0', '1.0.0 '])('%s is no version', (text) => {
  expect(versionAnswer.safeParse({ ...version, version: text }).success).toBe(false);
});

test('hits that cannot be read are left out', () => {
  const hit = { package: { name: 'vidiverse-plugin-x', version: '1.0.0', links: 7, date: 'today' } };
  const { objects } = searchAnswer.parse({ total: 4, objects: [hit, null, {}, { package: { name: 1 } }] });
  expect(objects).toEqual([
    {
      ...{ name: 'vidiverse-plugin-x', version: '1.0.0', description: null, date: null, publisher: null },
      links: { homepage: null },
    },
  ]);
});
