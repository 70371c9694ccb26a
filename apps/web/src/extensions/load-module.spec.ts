import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type LoadOptions, loadModule } from './load-module';
import { ENGLISH } from './plugin-texts';

const entry = {
  name: 'hello',
  displayName: 'Hello',
  url: '/plugins/hello/1.0.0/dist/web.js',
  translations: { de: '/plugins/hello/1.0.0/translations/de.json' },
};
const slots = { 'card.badge': { render: () => null } };
let warn: jest.SpiedFunction<typeof console.warn>;
const warned = () => warn.mock.calls.map((parts) => parts.join(' '));

beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void jest.restoreAllMocks());

const load = (
  answer: Promise<unknown>,
  options: Partial<LoadOptions> = {},
  changes: Partial<typeof entry> = {},
) =>
  loadModule(
    { ...entry, ...changes },
    {
      load: () => answer,
      loadStyle: async () => undefined,
      loadJson: async () => ({ title: 'Hallo' }),
      languages: ['en'],
      timeLimit: 60_000,
      ...options,
    },
  );
const loadSaying = (loadJson: LoadOptions['loadJson'], options: Partial<LoadOptions> = {}) =>
  load(Promise.resolve({ default: { slots } }), { loadJson, languages: ['de-AT', 'en'], ...options });

test('a module becomes its plugin', async () => {
  const plugin = await load(Promise.resolve({ default: { slots } }));
  expect(plugin).toEqual({ name: 'hello', displayName: 'Hello', slots, texts: ENGLISH });
  expect(warned()).toEqual([]);
});

test('a module that cannot be loaded is skipped, and the console says which and why', async () => {
  expect(await load(Promise.reject(new Error('no such file')))).toBeNull();
  expect(warned()).toEqual([expect.stringMatching(/Plugin hello: .*skipped.*no such file/)]);
});

test('a module that never answers is skipped after the time limit', async () => {
  expect(await load(new Promise(() => undefined), { timeLimit: 1 })).toBeNull();
  expect(warned()).toEqual([expect.stringContaining('did not answer within 1 ms')]);
});

test.each([['https://elsewhere.example/web.js'], ['//elsewhere.example/web.js'], ['data:text/javascript,1']])(
  'a module at %s is not asked for',
  async (url) => {
    const asked = jest.fn(async () => ({ default: { slots } }));
    expect(await load(Promise.resolve(), { load: asked }, { url })).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  },
);

test('a slot that is wrong is named in the console, and the others are there', async () => {
  const plugin = await load(Promise.resolve({ default: { slots: { ...slots, elsewhere: 1 } } }));
  expect(plugin?.slots).toEqual(slots);
  expect(warned()).toEqual([expect.stringContaining('elsewhere is no slot')]);
});

test('a plugin has its texts in the first language of the visitor that it speaks', async () => {
  const asked = jest.fn(async (_url: string) => ({ title: 'Hallo' }));
  const plugin = await loadSaying(asked);
  expect(plugin?.texts).toEqual({ language: 'de', texts: { title: 'Hallo' } });
  expect(asked.mock.calls).toEqual([[entry.translations.de]]);
});

test.each<[string, LoadOptions['loadJson']]>([
  ['cannot be had', () => Promise.reject(new Error('no such file'))],
  ['are none', async () => ['no', 'object']],
  ['never come', () => new Promise(() => undefined)],
])('a plugin whose texts %s speaks English, and the console says so', async (_, loadJson) => {
  const plugin = await loadSaying(loadJson, { timeLimit: 50 });
  expect([plugin?.slots, plugin?.texts]).toEqual([slots, ENGLISH]);
  expect(warned()).toEqual([expect.stringContaining('its texts in de were left out')]);
});

test('the style sheets of a plugin are there before it is, also by their path from the module', async () => {
  const there: string[] = [];
  const loadStyle = async (url: string) => void there.push(url);
  const answer = { default: { slots, styles: ['./web.css', '../public/more.css'] } };
  expect(await load(Promise.resolve(answer), { loadStyle })).not.toBeNull();
  expect(there).toEqual(['/plugins/hello/1.0.0/dist/web.css', '/plugins/hello/1.0.0/public/more.css']);
});

test('a style sheet of another site, and one that cannot be had, are left out', async () => {
  const loadStyle = jest.fn(() => Promise.reject(new Error('no such file')));
  const answer = { default: { slots, styles: ['https://elsewhere.example/web.css', './web.css'] } };
  expect((await load(Promise.resolve(answer), { loadStyle }))?.slots).toEqual(slots);
  expect(loadStyle).toHaveBeenCalledTimes(1);
  expect(warned()).toEqual([
    expect.stringContaining('https://elsewhere.example/web.css was left out'),
    expect.stringContaining('./web.css was left out'),
  ]);
});
