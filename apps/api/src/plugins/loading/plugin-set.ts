import type { DynamicModule } from '@nestjs/common';
import type { PluginDefinition } from '@vidiverse/hooks';
import type { StoredSettings } from '../stored-settings.js';
import type { PluginPackage } from './find-package.js';

/** A plugin that runs, or is about to. */
export interface LoadedPlugin {
  package: PluginPackage;
  /** By the configuration; otherwise it was installed from the registry. */
  isListed: boolean;
  definition: PluginDefinition;
  settings: StoredSettings;
  /** Null: nothing of it runs on the server. */
  module: DynamicModule | null;
}

/** One that the configuration lists or that was installed, and that does not run. */
export interface AbsentPlugin {
  name: string;
  package: PluginPackage | null;
  isListed: boolean;
  /** Null: an administrator switched it off, or it begins with the next start. */
  problem: string | null;
}

export const nameOf = (plugin: LoadedPlugin | AbsentPlugin): string =>
  'definition' in plugin ? plugin.definition.name : plugin.name;

/** All plugins that the configuration lists or that were installed, as this process has found them. */
export class PluginSet {
  constructor(
    readonly loaded: readonly LoadedPlugin[] = [],
    readonly absent: readonly AbsentPlugin[] = [],
  ) {}

  /** The same, without one that could not be started. */
  without(plugin: LoadedPlugin, problem: string): PluginSet {
    const { definition, package: found, isListed } = plugin;
    const absent = { name: definition.name, package: found, isListed, problem };
    return new PluginSet(
      this.loaded.filter((other) => other !== plugin),
      [...this.absent, absent],
    );
  }

  /** One alone, to see whether it can be started. */
  only(plugin: LoadedPlugin): PluginSet {
    return new PluginSet([plugin], []);
  }

  get entities(): Array<PluginDefinition['entities'][number]> {
    return this.loaded.flatMap(({ definition }) => definition.entities);
  }
}
