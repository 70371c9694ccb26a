import { Logger } from '@nestjs/common';
import { PluginProblem, sentenceOf } from './plugin-problem.js';
import type { LoadedPlugin, PluginSet } from './plugin-set.js';

interface Closable {
  close(): Promise<void>;
}

/**
 * Starts with all plugins. When that fails, each is tried alone, and it starts again with those that can be started: Nest does
 * not say whose provider it was. @throws what the application says without any plugin
 */
export async function startWithPlugins<App extends Closable>(
  plugins: PluginSet,
  start: (plugins: PluginSet) => Promise<App>,
): Promise<App> {
  if (plugins.loaded.length === 0) return start(plugins);
  const logger = new Logger('Plugins');
  try {
    return await start(plugins);
  } catch (error) {
    logger.error(`the instance does not start with its plugins: ${String(error)}`);
  }
  let rest = plugins;
  for (const plugin of plugins.loaded) {
    const problem = await problemOf(plugin, plugins, start);
    if (problem === null) continue;
    logger.error(`plugin ${plugin.definition.name}: ${problem}`);
    rest = rest.without(plugin, problem);
  }
  return start(rest);
}

/** Null when the instance starts with it. */
async function problemOf<App extends Closable>(
  plugin: LoadedPlugin,
  plugins: PluginSet,
  start: (plugins: PluginSet) => Promise<App>,
): Promise<string | null> {
  try {
    const app = await start(plugins.only(plugin));
    await app.close();
    return null;
  } catch (error) {
    return error instanceof PluginProblem ? error.message : sentenceOf(error, 'It could not be started');
  }
}
