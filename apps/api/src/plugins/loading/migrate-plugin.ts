import type { PluginDefinition } from '@vidiverse/hooks';
import type { Config } from '../../config/config.js';
import { dataSourceOptions } from '../../database/data-source-options.js';
import { openDatabase } from '../../database/open-database.js';
import { tablePrefix } from './import-plugin.js';
import { sentenceOf, PluginProblem } from './plugin-problem.js';

/** Runs a plugin's migrations, recorded in a table of their own, so that one that fails stops nobody else. @throws PluginProblem */
export async function migratePlugin({ name, migrations }: PluginDefinition, config: Config): Promise<void> {
  if (migrations.length === 0) return;
  try {
    const dataSource = await openDatabase({
      ...dataSourceOptions(config),
      entities: [],
      migrations: [...migrations],
      migrationsTableName: `${tablePrefix(name)}migrations`,
    });
    await dataSource.destroy();
  } catch (error) {
    throw new PluginProblem(sentenceOf(error, 'Its tables could not be made'));
  }
}
