import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { WebHead } from '@vidiverse/hooks/web';
import { headElements } from './page-head';

const page = { path: '/', video: null };
const plugin = (name: string, head: () => WebHead | null) => ({ name, displayName: name, slots: { head } });
const feed = { rel: 'alternate', type: 'application/atom+xml', href: '/feed' };

beforeEach(() => void jest.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

test('links and metas of all plugins are there in their order', () => {
  const plugins = [
    plugin('feeds', () => ({ links: [feed] })),
    plugin('quiet', () => null),
    plugin('cards', () => ({ metas: [{ name: 'robots', content: 'noindex' }] })),
  ];
  expect(headElements(plugins, page)).toEqual([
    { tag: 'link', attributes: feed },
    { tag: 'meta', attributes: { name: 'robots', content: 'noindex' } },
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no head');
    },
  ],
  ['answers no list', () => ({ links: 'all' }) as unknown as WebHead],
  ['adds a handler', () => ({ links: [{ ...feed, onload: 'alert(1)' }] })],
  ['adds what is no text', () => ({ links: [{ href: 1 as unknown as string }] })],
])('a plugin that %s adds nothing, and the others do', (_what, head) => {
  const plugins = [plugin('wrong', head), plugin('feeds', () => ({ links: [feed] }))];
  expect(headElements(plugins, page)).toEqual([{ tag: 'link', attributes: feed }]);
});
