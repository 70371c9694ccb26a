import { describe, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import { z } from 'zod';
import { MemorySettings } from '../testing/index.js';
import { definePlugin, readPlugin } from './define-plugin.js';
import { PluginDefinitionError } from './hooks.errors.js';

const quietHours = z.object({ from: z.int().min(0).max(23).default(22), until: z.int().default(7) });
class QuietTable {}
class MakeQuietTable {}

@Module({})
class QuietModule {}

const least = { name: 'quiet-hours', displayName: 'Quiet hours', requires: '^0.1.0' };

describe('a plugin', () => {
  test('says all of itself in one frozen definition', () => {
    const plugin = definePlugin({
      ...least,
      rights: ['following', 'network', 'network'],
      settings: quietHours,
      module: QuietModule,
      entities: [QuietTable],
      migrations: [MakeQuietTable],
      staticFiles: 'assets',
      translations: { de: 'translations/de.json', 'pt-BR': 'translations/pt-BR.json' },
      web: 'dist/web.js',
    });
    expect(plugin).toMatchObject({ ...least, rights: ['following', 'network'], settings: quietHours });
    expect(plugin).toMatchObject({
      entities: [QuietTable],
      migrations: [MakeQuietTable],
      web: 'dist/web.js',
    });
    expect([plugin, plugin.rights, plugin.entities, plugin.translations].every(Object.isFrozen)).toBe(true);
  });

  test('needs a name, a name for people and what it requires; the rest is nothing', () => {
    expect(definePlugin(least)).toEqual({
      ...least,
      rights: [],
      settings: null,
      module: null,
      entities: [],
      migrations: [],
      staticFiles: null,
      translations: {},
      web: null,
    });
  });

  test('is the same when it is read again, as a package exports it', () => {
    const plugin = definePlugin({ ...least, settings: quietHours, module: QuietModule });
    const { module, ...rest } = readPlugin(plugin);
    expect({ ...rest, module }).toEqual(plugin);
  });

  test('may make its module from its settings, which the compiler knows', () => {
    const { module } = definePlugin({
      ...least,
      settings: quietHours,
      module: (settings) => ({
        module: QuietModule,
        providers: [{ provide: 'from', useFactory: (): number => settings.get().from }],
      }),
    });
    const settings = new MemorySettings(quietHours.parse({ from: 20 }));
    const made = module!(settings) as { providers: Array<{ useFactory: () => number }> };
    expect(made.providers[0]!.useFactory()).toBe(20);
    settings.change(quietHours.parse({}));
    expect(made.providers[0]!.useFactory()).toBe(22);
  });

  test.each([
    ['a class', QuietModule],
    ['a dynamic module', { module: QuietModule, global: true }],
    ['a function', () => QuietModule],
    ['a function of the old kind', function () { return QuietModule; }], // prettier-ignore
  ])('has one way to its module, also from %s', (_, module) => {
    const made = definePlugin({ ...least, module }).module!(new MemorySettings({}));
    expect('module' in made ? made.module : made).toBe(QuietModule);
  });

  test('takes settings that refuse unknown fields', () => {
    const settings = z.strictObject({ from: z.int() });
    expect(definePlugin({ ...least, settings }).settings).toBe(settings);
  });
});

test.each([
  [{ name: 'Quiet' }, 'name', 'small letters'],
  [{ name: 'q' }, 'name', '2 to 41'],
  [{ name: undefined }, 'name', 'letters'],
  [{ displayName: ' ' }, 'displayName', '1 to 60 characters'],
  [{ displayName: 'x'.repeat(61) }, 'displayName', '1 to 60 characters'],
  [{ requires: undefined }, 'requires', 'text'],
  [{ rights: 'network' }, 'rights', 'must be a list'],
  [{ rights: ['everything'] }, 'rights', 'everything, which is none of network, '],
  [{ settings: { from: 22 } }, 'settings', 'object schema of zod 4'],
  [{ settings: z.string() }, 'settings', 'object schema of zod 4'],
  [{ module: 'QuietModule' }, 'module', 'Nest module'],
  [{ module: {} }, 'module', 'Nest module'],
  [{ entities: [{}] }, 'entities', 'list of classes'],
  [{ migrations: [() => undefined] }, 'migrations', 'list of classes'],
  [{ staticFiles: '/etc' }, 'staticFiles', 'path'],
  [{ staticFiles: '../secrets' }, 'staticFiles', 'path'],
  [{ web: 'dist/../../web.js' }, 'web', 'path'],
  [{ web: 'https://evil.example/web.js' }, 'web', 'path'],
  [{ web: '' }, 'web', 'path'],
  [{ translations: ['de.json'] }, 'translations', 'by language'],
  [{ translations: { German: 'de.json' } }, 'translations.German', 'no language'],
  [{ translations: { de: '/de.json' } }, 'translations.de', 'path'],
  [{ translations: { de: null } }, 'translations.de', 'missing'],
  [{ setings: quietHours }, 'setings', 'is no field of this version (the plugin requires ^0.1.0)'],
  [{ toString: 'x' }, 'toString', 'is no field'],
])('%p is refused with the name of the field', (wrong, field, reason) => {
  let error: unknown;
  try {
    definePlugin({ ...least, ...(wrong as object) });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(PluginDefinitionError);
  expect(error).toMatchObject({ code: 'bad_plugin', field });
  expect((error as Error).message).toMatch(new RegExp(`^The plugin's ${field.replace('.', '\\.')} `));
  expect((error as Error).message).toContain(reason);
});

test.each([undefined, null, 'plugin', () => least])('a package that exports %p has no plugin', (exported) => {
  expect(() => readPlugin(exported)).toThrow('not what definePlugin answers');
});
