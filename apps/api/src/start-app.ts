import type { AppParts } from './app.module.js';
import type { Config } from './config/config.js';
import type * as WholeServer from './create-app.js';
import { hasInstallations } from './plugins/loading/installation-folders.js';
import type * as Sharing from './plugins/loading/share-modules.js';

/**
 * Starts the instance. With plugins it runs from the modules as they were built, not from the bundle: a plugin must meet the very
 * Nest, TypeORM and hooks that the server uses. docs/decisions/0014-plugins.md
 */
export async function createApp(config: Config, parts?: AppParts): Promise<WholeServer.App> {
  const { enabled, list } = config.plugins;
  const hasPlugins = enabled && (list.length > 0 || hasInstallations(config.data));
  const isBuilt = import.meta.url.endsWith('.js');
  if (!hasPlugins || !isBuilt) return (await import('./create-app.js')).createApp(config, parts);
  const folder = new URL(/\/dist\/bundle\/[^/]+$/.test(import.meta.url) ? '../' : './', import.meta.url);
  const built = (path: string): Promise<unknown> => import(new URL(path, folder).href);
  const { shareModules } = (await built('plugins/loading/share-modules.js')) as typeof Sharing;
  shareModules();
  return ((await built('create-app.js')) as typeof WholeServer).createApp(config, parts);
}
