import { expect, test } from '@jest/globals';
import { readWeb } from './read-web';

const component = { render: () => null };
const page = { title: 'Chapters', path: 'chapters', component };
const read = (slots: unknown) => readWeb({ default: { slots } });

test('components, pages and a head function are taken as they are', () => {
  const slots = {
    'player.below': component,
    'card.badge': () => null,
    'player.menu': [{ component, isShown: () => false }, { component }],
    'admin.page': [page],
    head: () => null,
  };
  expect(read(slots)).toEqual({ slots, styles: [], problems: [] });
});

test.each([
  ['player.above', component, 'is no slot of this version'],
  ['player.below', 'text', 'is not a component'],
  ['player.below', [component], 'is not a component'],
  ['player.menu', [{ isShown: () => true }], 'is neither a component nor a list of entries'],
  ['player.menu', [{ component, isShown: true }], 'is neither a component nor a list of entries'],
  ['head', {}, 'is not a function'],
  ['admin.page', page, 'is not a list of pages'],
  ['admin.page', [{ ...page, path: '../users' }], 'is not a list of pages'],
  ['settings.page', [{ ...page, title: ' ' }], 'is not a list of pages'],
  ['settings.page', [page, page], 'two pages at one path'],
  ['toString', component, 'is no slot of this version'],
])('a wrong %s is left out with a reason, and the rest stays', (name, value, reason) => {
  const { slots, problems } = read({ [name]: value, 'swarm.panel': component });
  expect(Object.keys(slots)).toEqual(['swarm.panel']);
  expect(problems).toEqual([expect.stringContaining(reason)]);
});

test.each([[null], [{}], [{ default: null }], [{ default: { slots: 'all' } }]])(
  'the module %j is not that of a plugin',
  (module) => {
    expect(() => readWeb(module)).toThrow('defineWeb');
  },
);

test('style sheets are a list of addresses', () => {
  const withStyles = (styles: unknown) => readWeb({ default: { slots: {}, styles } });
  expect(withStyles(['./web.css'])).toMatchObject({ styles: ['./web.css'], problems: [] });
  for (const wrong of ['./web.css', [1], null])
    expect(withStyles(wrong)).toMatchObject({ styles: [], problems: ['styles is not a list of addresses'] });
});
