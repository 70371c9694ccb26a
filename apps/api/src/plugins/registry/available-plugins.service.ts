import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Config } from '../../config/config.js';
import { ForbiddenError } from '../../shared/domain-error.js';
import type { Page } from '../../shared/page.js';
import type { AvailablePluginView, AvailableQuery, OfferedPluginView } from '../dto/registry.js';
import { findPackage } from '../loading/find-package.js';
import { nameOf, PluginSet } from '../loading/plugin-set.js';
import { PluginInstallationEntity } from '../plugin-installation.entity.js';
import { type OfferedPackage, toOfferedPackage } from './offered-package.js';
import { pluginNameOf } from './package-names.js';
import { PluginRegistry } from './plugin-registry.service.js';
import { toAvailableView, toOfferedView } from './registry.mapper.js';

/** What the registry has to install, and what of it can be installed here. */
@Injectable()
export class AvailablePlugins {
  constructor(
    private readonly config: Config,
    private readonly registry: PluginRegistry,
    private readonly set: PluginSet,
    @InjectRepository(PluginInstallationEntity)
    private readonly installations: Repository<PluginInstallationEntity>,
  ) {}

  /** @throws ForbiddenError `registry_off` */
  assertOn(): void {
    if (this.config.plugins.installFromRegistry) return;
    throw new ForbiddenError(
      'Installing from the registry is off. It is switched on by plugins.installFromRegistry in the configuration (VIDIVERSE_PLUGINS_INSTALL_FROM_REGISTRY=true).',
      'registry_off',
    );
  }

  /** Plugins by words. @throws DomainError */
  async search({ search, start, count }: AvailableQuery): Promise<Page<AvailablePluginView>> {
    this.assertOn();
    const { total, hits } = await this.registry.search(search, { start, count });
    const names = hits.map((hit) => pluginNameOf(hit.name));
    const rows = await this.installations.findBy({ name: In(names) });
    const versions = new Map(rows.map(({ name, version }) => [name, version]));
    const data = hits.map((hit) => toAvailableView(hit, versions.get(pluginNameOf(hit.name)) ?? null));
    return { total, data };
  }

  /** What would be installed. @throws NotFoundError, DomainError */
  async look(npmName: string, version?: string): Promise<OfferedPluginView> {
    const { offered, installation } = await this.offered(npmName, version);
    return toOfferedView(offered, installation?.version ?? null);
  }

  /** With the reasons of this instance among its problems. @throws NotFoundError, DomainError */
  async offered(
    npmName: string,
    version?: string,
  ): Promise<{ offered: OfferedPackage; installation: PluginInstallationEntity | null }> {
    this.assertOn();
    const offered = toOfferedPackage(await this.registry.version(npmName, version));
    const installation = await this.installations.findOneBy({ name: pluginNameOf(npmName) });
    const taken = await this.takenBy(npmName);
    return {
      offered: taken === null ? offered : { ...offered, problems: [...offered.problems, taken] },
      installation,
    };
  }

  /** A package from elsewhere must not get what another of its name keeps here. */
  private async takenBy(npmName: string): Promise<string | null> {
    const name = pluginNameOf(npmName);
    const isListed = [...this.set.loaded, ...this.set.absent].some(
      (plugin) => plugin.isListed && nameOf(plugin) === name,
    );
    if (isListed) return 'The configuration lists a plugin of this name (plugins.list).';
    const isThere = await findPackage(npmName, this.config.data)
      .catch(() => findPackage(name, this.config.data))
      .then(
        () => true,
        () => false,
      );
    return isThere ? 'A plugin of this name is on this server: it is switched on by plugins.list.' : null;
  }
}
