import { expect, test } from '@jest/globals';
import { checkLock } from './lock-check.js';

const hash = `sha512-${'A'.repeat(86)}==`;
const agreed = { npmName: 'vidiverse-plugin-x', version: '1.0.0', integrity: hash };
const registry = 'https://registry.example';
const own = { version: '1.0.0', resolved: 'file:package.tgz', integrity: hash };
const good = { version: '2.0.0', resolved: `${registry}/ms/-/ms-2.0.0.tgz`, integrity: hash };

const check = (packages: Record<string, object>, more: object = {}) => {
  const all = { '': {}, 'node_modules/vidiverse-plugin-x': { ...own, ...more }, ...packages };
  return () => checkLock(JSON.stringify({ packages: all }), agreed, registry);
};

test('what comes from the registry with a hash, or within the package, may be installed', () => {
  check({
    'node_modules/ms': good,
    'node_modules/vidiverse-plugin-x/node_modules/inside': { version: '1.0.0', inBundle: true },
  })();
});

test('another package than the one that was agreed to is refused', () => {
  expect(check({}, { version: '1.0.1' })).toThrow(/another package/);
  expect(check({}, { integrity: hash.replace('A', 'B') })).toThrow(/another package/);
});

test.each([
  ['from Git', { ...good, resolved: 'git+ssh://git@git.example/ms.git#1' }],
  ['from another server', { ...good, resolved: 'https://registry.example.evil.example/ms.tgz' }],
  ['from a file', { ...good, resolved: 'file:../ms.tgz' }],
  ['that is a link', { resolved: '../ms', link: true }],
  ['without a hash', { ...good, integrity: undefined }],
  ['with a weak hash', { ...good, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  ['that only says it is bundled', { version: '1.0.0', inBundle: true }],
])('a dependency %s is refused by name', (_, entry) => {
  expect(check({ 'node_modules/ms': entry })).toThrow(
    /It depends on ms, which does not come from the registry/,
  );
});
