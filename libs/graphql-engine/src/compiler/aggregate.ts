import { ident, indent, int, join, literal, nest, sql, type Sql } from '@nself/pg-sql';
import type { Aggregate, AggregateField, AggregateItem } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileFields, object, objectColumns, objectOf, type Member } from './fields';
import { compileAggregateCall, compileOperand, sourceName } from './operand';
import { compileRows } from './rows';

/**
 * Three steps, each a query over the one before: the rows with what is needed of them, their sums as flat columns, and
 * the object that the client asked for.
 */
export function compileAggregateJson(
  aggregate: Aggregate,
  outer: Scope | undefined,
  compilation: Compilation,
): Sql {
  return sql`(select ${object} from (${nest(compileSums(aggregate, outer, compilation))}) as ${object})`;
}

export function compileAggregateRoot(aggregate: Aggregate, compilation: Compilation): Sql {
  const sums = compileSums(aggregate, undefined, compilation);
  return sql`select to_json(${object})::text as "root"\nfrom (${nest(sums)}) as ${object}`;
}

function compileSums(aggregate: Aggregate, outer: Scope | undefined, compilation: Compilation): Sql {
  const scope = compilation.scope(sourceName(aggregate.from));
  const columns = new Columns(
    scope,
    compilation,
    compilation.alias('rows'),
    compilation.alias('sums'),
    needsOrder(aggregate),
  );
  const members = aggregate.fields.map(field => compileField(field, columns, aggregate.nodeLimit));
  const rows = compileRows(aggregate, columns.ofRows(), scope, outer, compilation);
  const from = columns.isNumbered ? numbered(rows) : rows;
  const sums = sql`select${indent(columns.ofSums())}\nfrom (${nest(from)}) as ${columns.rows}`;
  return sql`select${indent(objectColumns(members))}\nfrom (${nest(sums)}) as ${columns.sums}`;
}

const place = ident('#');

// Postgres sorts the rows of a query for its distinct aggregates, so beside one of them the nodes lose their order
// unless they name it.
function numbered(rows: Sql): Sql {
  return sql`select *, row_number() over () as ${place}\nfrom (${nest(rows)}) as "row"`;
}

function needsOrder({ fields, orderBy }: Aggregate): boolean {
  return orderBy.length > 0 && fields.some(field => field.kind === 'sums' && field.items.some(isDistinct));
}

function isDistinct(item: AggregateItem): boolean {
  return item.kind === 'group' ? item.items.some(isDistinct) : item.kind === 'call' && item.call.distinct;
}

/** Collects what each of the two inner queries has to yield. */
class Columns {
  private readonly rowColumns: Sql[] = [];
  private readonly sumColumns: Sql[] = [];

  constructor(
    readonly scope: Scope,
    readonly compilation: Compilation,
    readonly rows: Sql,
    readonly sums: Sql,
    readonly isNumbered: boolean,
  ) {}

  /** All values of one column, in the order of the rows. */
  inOrder(value: Sql): Sql {
    return this.isNumbered ? sql`${value} order by ${this.rows}.${place}` : value;
  }

  row(value: Sql): Sql {
    const name = ident(`c${this.rowColumns.length}`);
    this.rowColumns.push(sql`${value} as ${name}`);
    return sql`${this.rows}.${name}`;
  }

  sum(value: Sql): Sql {
    const name = ident(`s${this.sumColumns.length}`);
    this.sumColumns.push(sql`${value} as ${name}`);
    return sql`${this.sums}.${name}`;
  }

  ofRows(): Sql {
    return this.rowColumns.length === 0 ? sql`1 as "c0"` : join(this.rowColumns, ',\n');
  }

  ofSums(): Sql {
    return this.sumColumns.length === 0 ? sql`count(*) as "s0"` : join(this.sumColumns, ',\n');
  }
}

function compileField(field: AggregateField, columns: Columns, nodeLimit: number | undefined): Member {
  switch (field.kind) {
    case 'text':
      return [field.alias, sql`${literal(field.text)}::text`];
    case 'nodes':
      return [field.alias, compileNodes(field, columns, nodeLimit)];
    case 'sums':
      return [field.alias, objectOf(compileItems(field.items, columns))];
  }
}

function compileNodes(
  { fields }: Extract<AggregateField, { kind: 'nodes' }>,
  columns: Columns,
  limit: number | undefined,
): Sql {
  const node = objectOf(compileFields(fields, columns.scope, columns.compilation));
  if (limit === undefined)
    return columns.sum(sql`coalesce(json_agg(${columns.inOrder(columns.row(node))}), '[]')`);
  const nodes = columns.row(sql`to_json(${node})`);
  return columns.sum(
    sql`coalesce(array_to_json((array_agg(${columns.inOrder(nodes)}))[1:${int(limit)}]), '[]')`,
  );
}

function compileItems(items: readonly AggregateItem[], columns: Columns): readonly Member[] {
  return items.map(item => [item.alias, compileItem(item, columns)] as const);
}

function compileItem(item: AggregateItem, columns: Columns): Sql {
  switch (item.kind) {
    case 'text':
      return sql`${literal(item.text)}::text`;
    case 'group':
      return objectOf(compileItems(item.items, columns));
    case 'call': {
      const values = item.call.arguments.map(operand =>
        columns.row(compileOperand(operand, columns.scope, columns.compilation)),
      );
      const sum = columns.sum(compileAggregateCall(item.call, values));
      return item.stringify ? sql`(${sum})::text` : sum;
    }
  }
}
