import type { PluginDefinition } from '@vidiverse/hooks';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config/config.js';
import { type App, createApp } from '../../create-app.js';
import { findPackage, type PluginPackage } from '../loading/find-package.js';
import { importPlugin } from '../loading/import-plugin.js';
import { sentenceOf } from '../loading/plugin-problem.js';
import { PluginSet } from '../loading/plugin-set.js';
import { isPublic } from '../plugin-files.service.js';
import { DevelopmentModule } from './development.module.js';
import { ToldChanges } from './told-changes.js';

/** Seconds that jobs are waited for: they are given back and begin anew in the next process, for which the author waits. */
const SHUTDOWN_GRACE = 0.1;

/** Where it listens, and why it runs without the plugin, if it does. */
export interface Started {
  address: string;
  problem: string | null;
}

/** An instance with the one plugin that is in the making. */
export class DevelopedInstance {
  private app: App | undefined;

  constructor(private readonly config: Config) {}

  /** Imports the plugin before another process is ended for it. Answers what is wrong with it. */
  async tryPlugin(): Promise<string | null> {
    try {
      for (const listed of this.config.plugins.list)
        await importPlugin(await findPackage(listed, this.config.data), this.config.plugins.loadTimeout);
      return null;
    } catch (error) {
      return sentenceOf(error, 'It could not be loaded');
    }
  }

  /** @throws Error when there is no instance with it nor without it */
  async start({ withPlugin }: { withPlugin: boolean }): Promise<Started> {
    const config = {
      ...this.config,
      plugins: { ...this.config.plugins, enabled: withPlugin },
      jobs: { ...this.config.jobs, shutdownGrace: SHUTDOWN_GRACE },
    };
    this.app = await createApp(config, { development: DevelopmentModule });
    const absent = this.app.nest.get(PluginSet).absent[0];
    return { address: this.app.address, problem: absent?.problem ?? null };
  }

  /** Tells pages of new files, when all of them (paths within the package) are for the pages. Answers whether that was so. */
  takeFiles(paths: readonly string[]): boolean {
    const loaded = this.app?.nest.get(PluginSet).loaded[0];
    const areForPages =
      loaded !== undefined &&
      paths.every((path) => isForPages(path, loaded.definition, entryIn(loaded.package)));
    if (areForPages) this.changes?.filesChanged();
    return areForPages;
  }

  /** Shows pages what the author has to know; null takes it away. */
  say(problem: string | null): void {
    this.changes?.say(problem);
  }

  async close(): Promise<void> {
    await this.app?.close();
  }

  private get changes(): ToldChanges | undefined {
    return this.app?.nest.get(ToldChanges, { strict: false });
  }
}

const entryIn = ({ folder, entry }: PluginPackage): string =>
  relative(folder, fileURLToPath(entry)).split(sep).join('/');

/** Where files for the pages lie among those for the server, only the web module itself is known to be one. */
function isForPages(path: string, definition: PluginDefinition, entry: string): boolean {
  return isPublic(entry, definition) ? path === definition.web : isPublic(path, definition);
}
