import {
  Table,
  type QueryRunner,
  type TableColumnOptions,
  type TableForeignKeyOptions,
  type TableIndexOptions,
} from 'typeorm';

type Column = (name: string, options?: Partial<TableColumnOptions>) => TableColumnOptions;

/** Column types that differ between the two dialects, under one name. */
export function columnTypes(queryRunner: QueryRunner) {
  const sqlite = queryRunner.connection.options.type === 'better-sqlite3';
  const of =
    (type: string, defaults: Partial<TableColumnOptions> = {}): Column =>
    (name, options = {}) => ({ name, type, ...defaults, ...options });
  return {
    id: of(sqlite ? 'integer' : 'int', {
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    }),
    integer: of(sqlite ? 'integer' : 'int'),
    bigInt: of('bigint'),
    boolean: of('boolean'),
    double: of('double'),
    date: of('datetime', { precision: sqlite ? undefined : 3 }),
    text: of(sqlite ? 'text' : 'longtext'),
    string: (
      name: string,
      length: number,
      options: Partial<TableColumnOptions> = {},
    ): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: String(length),
      ...options,
    }),
  };
}

/** The two dates of `TimestampedEntity`. */
export function timestamps(types: ReturnType<typeof columnTypes>): TableColumnOptions[] {
  return [types.date('createdAt'), types.date('updatedAt')];
}

/** An index named after its table and columns, the same on both databases. */
export const index = (table: string, columns: string[], unique = false): TableIndexOptions => ({
  name: `${unique ? 'uq' : 'ix'}_${table}_${columns.join('_')}`.slice(0, 60),
  columnNames: columns,
  isUnique: unique,
});

export const foreignKey = (
  column: string,
  table: string,
  onDelete: 'CASCADE' | 'SET NULL' = 'CASCADE',
): TableForeignKeyOptions => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete,
});

/** Creates a table with its indices and foreign keys. */
export async function createTable(
  queryRunner: QueryRunner,
  name: string,
  columns: TableColumnOptions[],
  {
    indices = [],
    foreignKeys = [],
  }: { indices?: TableIndexOptions[]; foreignKeys?: TableForeignKeyOptions[] } = {},
): Promise<void> {
  await queryRunner.createTable(new Table({ name, columns, indices, foreignKeys }));
}
