import { Column, type ColumnOptions } from 'typeorm';

/**
 * Column kinds that behave the same on SQLite and MySQL/MariaDB (docs/decisions/0002-one-schema-two-databases.md).
 * Lengths are enforced by request schemas, since SQLite does not enforce them.
 */

/** UTC, milliseconds. Set by the application: SQLite's own default has whole seconds only. */
export const DateColumn = (options: ColumnOptions = {}) =>
  Column({ type: 'datetime', precision: 3, ...options });

/** An integer up to 2^53 - 1; drivers hand large ones out as strings. */
export const BigIntColumn = (options: ColumnOptions = {}) =>
  Column({
    type: 'bigint',
    transformer: {
      to: (value: unknown) => value,
      from: (value: string | number | null) =>
        value === null || value === undefined ? value : Number(value),
    },
    ...options,
  });

/** Any JSON value, stored as text (LONGTEXT on MySQL, by the migration). */
export const JsonColumn = (options: ColumnOptions = {}) => Column({ type: 'simple-json', ...options });

/** Text without a practical limit (LONGTEXT on MySQL, by the migration). */
export const TextColumn = (options: ColumnOptions = {}) => Column({ type: 'text', ...options });

/** A UUID or another short ASCII key. */
export const KeyColumn = (options: ColumnOptions = {}) => Column({ type: 'varchar', length: 64, ...options });
