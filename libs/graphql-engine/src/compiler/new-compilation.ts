import type { Sql } from '@nself/pg-sql';
import type { NestedField } from '../ir';
import { compileAggregateJson } from './aggregate';
import { compileBool } from './bool-exp';
import { Compilation, type Scope } from './compilation';
import { compileConnectionJson } from './connection';
import { compileSelectJson } from './select';

/** A statement that has named nothing yet. */
export function newCompilation(): Compilation {
  return new Compilation({ condition: compileBool, nested: compileNested });
}

function compileNested(rows: NestedField['rows'], outer: Scope, compilation: Compilation): Sql {
  switch (rows.kind) {
    case 'select':
      return compileSelectJson(rows, outer, compilation);
    case 'aggregate':
      return compileAggregateJson(rows, outer, compilation);
    case 'connection':
      return compileConnectionJson(rows, outer, compilation);
  }
}
