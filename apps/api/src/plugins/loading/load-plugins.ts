import { Logger } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { hostModule } from '../host/host-module.js';
import { type Given, StoredSettings } from '../stored-settings.js';
import { findPackage, type PluginPackage } from './find-package.js';
import { importPlugin } from './import-plugin.js';
import { hasInstallations } from './installation-folders.js';
import { findInstalled, removeAbandoned } from './installed-package.js';
import { migratePlugin } from './migrate-plugin.js';
import { PluginProblem, sentenceOf } from './plugin-problem.js';
import { PluginRows } from './plugin-rows.js';
import { type AbsentPlugin, type LoadedPlugin, PluginSet } from './plugin-set.js';
import { shareModules } from './share-modules.js';

const isLoaded = (plugin: LoadedPlugin | AbsentPlugin): plugin is LoadedPlugin => 'definition' in plugin;

/** Something that is to be loaded, by the name under which it was asked for. */
interface Wanted {
  called: string;
  isListed: boolean;
  find: () => Promise<PluginPackage>;
}

/**
 * Loads what `plugins.list` names, then what was installed from the registry, as far as administrators have left it on. Before
 * the application is made: entities and modules are part of it. One that cannot be loaded is said in a sentence and left out.
 * docs/decisions/0014-plugins.md
 */
export async function loadPlugins(config: Config): Promise<PluginSet> {
  const { enabled, list } = config.plugins;
  if (!enabled || (list.length === 0 && !hasInstallations(config.data))) return new PluginSet();
  const logger = new Logger('Plugins');
  shareModules();
  const rows = await PluginRows.open(config);
  const found: Array<LoadedPlugin | AbsentPlugin> = [];
  try {
    const installations = await rows.installations();
    await removeAbandoned(config.data, installations);
    const wanted: Wanted[] = [
      ...list.map((called) => ({ called, isListed: true, find: () => findPackage(called, config.data) })),
      ...installations.map((one) => ({
        called: one.name,
        isListed: false,
        find: () => findInstalled(config, one),
      })),
    ];
    for (const one of wanted) {
      const plugin = await loadOne(one, config, rows, found);
      found.push(plugin);
      if (!isLoaded(plugin) && plugin.problem) logger.error(`plugin ${plugin.name}: ${plugin.problem}`);
    }
  } finally {
    await rows.close();
  }
  return new PluginSet(
    found.filter(isLoaded),
    found.filter((plugin): plugin is AbsentPlugin => !isLoaded(plugin)),
  );
}

async function loadOne(
  { called, isListed, find }: Wanted,
  config: Config,
  rows: PluginRows,
  before: ReadonlyArray<LoadedPlugin | AbsentPlugin>,
): Promise<LoadedPlugin | AbsentPlugin> {
  let found: PluginPackage | null = null;
  try {
    found = await find();
    const { name } = found;
    if (before.some((other) => other.package?.name === name))
      throw new PluginProblem(`It is listed twice, or two plugins have this name; the first runs.`);
  } catch (error) {
    return {
      name: found?.name ?? called,
      package: null,
      isListed,
      problem: sentenceOf(error, 'It was not found'),
    };
  }
  const row = await rows.of(found.name);
  const absent = (problem: string | null) => ({ name: found.name, package: found, isListed, problem });
  if (!row.enabled) return absent(null);
  if (row.failedStarts >= config.plugins.startsUntilOff) {
    const problem =
      `It was switched off after ${row.failedStarts} failed starts. ${row.problem ?? ''}`.trim();
    await rows.switchOff(found.name, problem);
    return absent(problem);
  }
  await rows.begin(row);
  try {
    const definition = await importPlugin(found, config.plugins.loadTimeout);
    const settings = new StoredSettings(definition.settings);
    takeSettings(settings, (row.settings ?? {}) as Given);
    await migratePlugin(definition, config);
    const module = definition.module && hostModule(definition.name, definition.module(settings), settings);
    return { package: found, isListed, definition, settings, module };
  } catch (error) {
    const problem = sentenceOf(error, 'It could not be loaded');
    await rows.failed(found.name, problem);
    return absent(problem);
  }
}

/** @throws PluginProblem naming each setting that is wrong */
function takeSettings(settings: StoredSettings, given: Given): void {
  const wrong = settings
    .check(given)
    .map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
  if (wrong.length > 0) throw new PluginProblem(`Its settings are not right: ${wrong.join('; ')}.`);
  settings.take(given);
}
