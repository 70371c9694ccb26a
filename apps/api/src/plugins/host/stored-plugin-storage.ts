import {
  type JsonValue,
  PluginStorage,
  PluginStorageError,
  readStorageKey,
  type StoredEntry,
  type StoredQuery,
} from '@vidiverse/hooks';
import type { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { startsWith } from '../../database/like.js';
import { PluginValueEntity } from '../plugin-value.entity.js';

const MAX_COUNT = 100;

/** What one plugin keeps, as rows. */
export class StoredPluginStorage extends PluginStorage {
  constructor(
    private readonly plugin: string,
    private readonly dataSource: DataSource,
    private readonly limits: Pick<Config['plugins'], 'maxValueSize' | 'maxValues'>,
  ) {
    super();
  }

  async get(key: string): Promise<JsonValue | undefined> {
    const row = await this.rows.findOneBy({ plugin: this.plugin, name: readStorageKey(key) });
    return row === null ? undefined : valueOf(row);
  }

  async set(key: string, value: JsonValue): Promise<void> {
    const { plugin, limits } = this;
    const name = readStorageKey(key);
    const size = Buffer.byteLength(JSON.stringify(value) ?? '');
    if (size === 0) throw new PluginStorageError('too_large', `What is kept under ${key} must be JSON.`);
    if (size > limits.maxValueSize)
      throw new PluginStorageError(
        'too_large',
        `${key} has ${size} bytes as JSON; at most ${limits.maxValueSize} are kept (plugins.maxValueSize).`,
      );
    const isKnown = await this.rows.existsBy({ plugin, name });
    if (!isKnown && (await this.rows.countBy({ plugin })) >= limits.maxValues)
      throw new PluginStorageError(
        'full',
        `A plugin keeps at most ${limits.maxValues} values (plugins.maxValues).`,
      );
    const now = new Date();
    await this.rows.upsert({ plugin, name, value: [value], createdAt: now, updatedAt: now }, [
      'plugin',
      'name',
    ]);
  }

  async delete(key: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ plugin: this.plugin, name: readStorageKey(key) });
    return (affected ?? 0) > 0;
  }

  async list({ prefix, after, count = MAX_COUNT }: StoredQuery = {}): Promise<StoredEntry[]> {
    const query = this.rows
      .createQueryBuilder('entry')
      .where('entry.plugin = :plugin', { plugin: this.plugin })
      .orderBy('entry.name', 'ASC')
      .take(Math.min(MAX_COUNT, Math.max(1, Math.floor(count))));
    if (prefix) query.andWhere(...startsWith('entry.name', 'prefix', prefix));
    if (after !== undefined) query.andWhere('entry.name > :after', { after });
    const rows = await query.getMany();
    return rows.map(({ name, value }) => ({ key: name, value: valueOf({ value }) }));
  }

  private get rows() {
    return this.dataSource.getRepository(PluginValueEntity);
  }
}

const valueOf = ({ value }: Pick<PluginValueEntity, 'value'>): JsonValue => (value as [JsonValue])[0];
