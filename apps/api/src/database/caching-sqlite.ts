import Libsql from 'libsql';

const MAX_STATEMENTS = 200;

type Prepare = Libsql.Database['prepare'];
type Call = (...parameters: unknown[]) => unknown;
/** What TypeORM calls of a statement. */
interface Callable {
  run: Call;
  all: Call;
}

/**
 * libsql as TypeORM uses it. Prepared statements are cached: every query runner is new (sqlite-isolation.ts), preparing
 * again each time is not. Parameters are passed as one list: libsql takes a single null for an object of named ones.
 */
export class CachingSqlite extends Libsql {
  private readonly statements = new Map<string, Callable>();

  override prepare = ((sql: string): Callable => {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = super.prepare(sql) as unknown as Callable;
    const [run, all] = [statement.run.bind(statement), statement.all.bind(statement)];
    statement.run = (...parameters) => run(parameters);
    statement.all = (...parameters) => all(parameters);
    this.statements.set(sql, statement);
    if (this.statements.size > MAX_STATEMENTS) this.statements.delete(this.statements.keys().next().value!);
    return statement;
  }) as unknown as Prepare;
}
