import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { readInstalled } from './loading/installed-package.js';
import { type AbsentPlugin, type LoadedPlugin, nameOf, PluginSet } from './loading/plugin-set.js';
import { sentenceOf } from './loading/plugin-problem.js';
import { PluginInstallationEntity } from './plugin-installation.entity.js';

/** A plugin as this process has it, and what was agreed to when it was installed from the registry. */
export interface KnownPlugin {
  plugin: LoadedPlugin | AbsentPlugin;
  /** Null: the configuration lists it. */
  installation: PluginInstallationEntity | null;
}

/** The plugins that were found at the start, and what was installed and uninstalled since. */
@Injectable()
export class KnownPlugins {
  constructor(
    private readonly config: Config,
    private readonly set: PluginSet,
    @InjectRepository(PluginInstallationEntity)
    private readonly installations: Repository<PluginInstallationEntity>,
  ) {}

  /** Those that run first. */
  async all(): Promise<KnownPlugin[]> {
    const installed = new Map((await this.installations.find()).map((one) => [one.name, one]));
    const found = [...this.set.loaded, ...this.set.absent].flatMap((plugin): KnownPlugin[] => {
      if (plugin.isListed) return [{ plugin, installation: null }];
      const installation = installed.get(nameOf(plugin));
      installed.delete(nameOf(plugin));
      return installation ? [{ plugin, installation }] : [];
    });
    const added = await Promise.all([...installed.values()].map((one) => this.afterStart(one)));
    return [...found, ...added];
  }

  /** It begins with the next start. */
  private async afterStart(installation: PluginInstallationEntity): Promise<KnownPlugin> {
    const { name } = installation;
    try {
      const found = await readInstalled(this.config.data, installation);
      return { plugin: { name, package: found, isListed: false, problem: null }, installation };
    } catch (error) {
      const problem = sentenceOf(error, 'It cannot be read');
      return { plugin: { name, package: null, isListed: false, problem }, installation };
    }
  }
}
