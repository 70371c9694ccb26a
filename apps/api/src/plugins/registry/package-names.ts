import { isPluginName } from '@vidiverse/hooks';
import { npmNameOf } from '../loading/installation-folders.js';

const PREFIX = npmNameOf('');

/** Whether a package of the registry may be a plugin: `vidiverse-plugin-<name of the plugin>`, without a scope. */
export const isPackageName = (npmName: string): boolean =>
  npmName.startsWith(PREFIX) && isPluginName(npmName.slice(PREFIX.length));

/** Of the plugin in a package. */
export const pluginNameOf = (npmName: string): string => npmName.slice(PREFIX.length);
