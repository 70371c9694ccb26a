import type { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { dataSourceOptions } from '../../database/data-source-options.js';
import { openDatabase } from '../../database/open-database.js';
import { PluginInstallationEntity } from '../plugin-installation.entity.js';
import { PluginEntity } from '../plugin.entity.js';

/**
 * The rows of plugins before there is an application: whether a plugin is loaded at all is known before its entities are. A
 * start that is begun counts as failed until it is proven, so that a plugin which takes the process with it is counted too.
 */
export class PluginRows {
  private constructor(private readonly dataSource: DataSource) {}

  static async open(config: Config): Promise<PluginRows> {
    return new PluginRows(await openDatabase(dataSourceOptions(config)));
  }

  /** What was installed from the registry, by name. */
  installations(): Promise<PluginInstallationEntity[]> {
    return this.dataSource.manager.find(PluginInstallationEntity, { order: { name: 'ASC' } });
  }

  /** Its row, which is made at first sight, switched on. */
  async of(name: string): Promise<PluginEntity> {
    const now = new Date();
    const rows = this.dataSource.getRepository(PluginEntity);
    const row = { name, settings: null, createdAt: now, updatedAt: now };
    await rows.createQueryBuilder().insert().values(row).orIgnore().execute();
    return rows.findOneByOrFail({ name });
  }

  async begin({ name, failedStarts }: PluginEntity): Promise<void> {
    await this.change(name, { failedStarts: failedStarts + 1, problem: 'The instance ended while it ran.' });
  }

  async failed(name: string, problem: string): Promise<void> {
    await this.change(name, { problem });
  }

  async switchOff(name: string, problem: string): Promise<void> {
    await this.change(name, { enabled: false, failedStarts: 0, problem });
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  private async change(name: string, changes: Partial<PluginEntity>): Promise<void> {
    await this.dataSource.manager.update(PluginEntity, { name }, { ...changes, updatedAt: new Date() });
  }
}
