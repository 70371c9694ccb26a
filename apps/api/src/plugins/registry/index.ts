import { AvailablePlugins } from './available-plugins.service.js';
import { Npm } from './npm.js';
import { PackageFolder } from './package-folder.service.js';
import { PluginInstaller } from './plugin-installer.service.js';
import { PluginRegistry } from './plugin-registry.service.js';
import { RegistryClient } from './registry-client.js';

/** What installs plugins from the registry. */
export const registryProviders = [
  RegistryClient,
  PluginRegistry,
  AvailablePlugins,
  Npm,
  PackageFolder,
  PluginInstaller,
];
