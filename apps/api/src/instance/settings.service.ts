import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { SettingEntity } from './setting.entity.js';

/** Small facts that the instance remembers, as JSON values by name (`<feature>.<what>`). */
@Injectable()
export class SettingsService {
  constructor(@InjectRepository(SettingEntity) private readonly settings: Repository<SettingEntity>) {}

  /** The value, or null when it was never set. The caller knows its shape. */
  async get<T>(name: string, manager: EntityManager = this.settings.manager): Promise<T | null> {
    const row = await manager.findOneBy(SettingEntity, { name });
    return row ? (row.value as T) : null;
  }

  async set(
    name: string,
    value: object | string | number | boolean,
    manager: EntityManager = this.settings.manager,
  ): Promise<void> {
    const now = new Date();
    await manager.upsert(SettingEntity, { name, value, createdAt: now, updatedAt: now }, ['name']);
  }

  /** The value, which is `initial` from now on when there was none: one for all processes, whoever comes first. */
  async ensure<T extends object | string | number | boolean>(name: string, initial: T): Promise<T> {
    const now = new Date();
    const row = { name, value: initial, createdAt: now, updatedAt: now };
    await this.settings.createQueryBuilder().insert().values(row).orIgnore().execute();
    return (await this.get<T>(name))!;
  }

  async remove(name: string, manager: EntityManager = this.settings.manager): Promise<void> {
    await manager.delete(SettingEntity, { name });
  }
}
