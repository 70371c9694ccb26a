import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

/**
 * The row, kept from other transactions until this one ends, for what is counted before it is written. SQLite needs no
 * row lock: one transaction runs at a time. @throws EntityNotFoundError
 */
export function lockedForUpdate<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  where: FindOptionsWhere<Entity>,
): Promise<Entity> {
  const sqlite = manager.connection.options.type === 'better-sqlite3';
  return manager.findOneOrFail(entity, {
    where,
    ...(!sqlite && { lock: { mode: 'pessimistic_write' as const } }),
  });
}
