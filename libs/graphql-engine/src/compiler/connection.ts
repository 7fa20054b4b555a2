import { sql, type Sql } from '@nself/pg-sql';
import type { Connection } from '../ir';
import type { Compilation, Scope } from './compilation';

export function compileConnectionJson(_connection: Connection, _outer: Scope, _compilation: Compilation): Sql {
  return sql`null`;
}

export function compileConnectionRoot(_connection: Connection, _compilation: Compilation): Sql {
  return sql`select null`;
}
