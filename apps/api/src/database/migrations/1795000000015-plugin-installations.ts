import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, timestamps } from './table-builder.js';

/** Plugins that were installed from the registry by page or API, with what was agreed to. */
export class PluginInstallations1795000000015 implements MigrationInterface {
  name = 'PluginInstallations1795000000015';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { string } = types;
    await createTable(queryRunner, 'plugin_installations', [
      string('name', 64, { isPrimary: true }),
      string('version', 64),
      string('integrity', 128),
      string('contentHash', 64),
      string('installedBy', 50),
      ...timestamps(types),
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('plugin_installations');
  }
}
