import { empty, ident, join, literal, nest, sql, type Sql } from '@nself/pg-sql';
import type { Connection, ConnectionField, CursorPosition, EdgeItem, OrderBy, PageInfoItem } from '../ir';
import { compileConditions } from './bool-exp';
import type { Compilation, Scope } from './compilation';
import { compileCursorText } from './cursor';
import { compileFields, object, objectColumns, objectOf, type Member } from './fields';
import { compileOperand, sourceName } from './operand';
import { compileLimit, compileOrder } from './rows';
import { compileJoin, compileSource } from './source';
import { compileParam } from './value';

/**
 * A page, and what is around it. The rows are read in the direction of the walk, one more than the page holds: that
 * one row says whether there is more ahead. Whether there is something behind is asked only when a cursor was given.
 */
export function compileConnectionJson(
  connection: Connection,
  outer: Scope | undefined,
  compilation: Compilation,
): Sql {
  return sql`(select ${object} from (${nest(compilePage(connection, outer, compilation))}) as ${object})`;
}

export function compileConnectionRoot(connection: Connection, compilation: Compilation): Sql {
  const page = compilePage(connection, undefined, compilation);
  return sql`select to_json(${object})::text as "root"\nfrom (${nest(page)}) as ${object}`;
}

interface Page {
  readonly connection: Connection;
  readonly outer: Scope | undefined;
  readonly scope: Scope;
  readonly compilation: Compilation;
  /** The query over the rows, and its columns. */
  readonly rows: Sql;
  readonly rowColumns: Sql[];
  /** The query over that one, and its columns. */
  readonly page: Sql;
  readonly pageColumns: Sql[];
}

function compilePage(connection: Connection, outer: Scope | undefined, compilation: Compilation): Sql {
  const scope = compilation.scope(sourceName(connection.from));
  const [rows, name] = [compilation.alias('rows'), compilation.alias('page')];
  const page: Page = {
    connection,
    outer,
    scope,
    compilation,
    rows,
    page: name,
    rowColumns: [],
    pageColumns: [],
  };
  addCursors(page);
  const members = connection.fields.map(field => [field.alias, compileField(field, page)] as const);
  return sql`
    select${nest(objectColumns(members))}from (${nest(pageQuery(page))}) as ${name}`;
}

function pageQuery({ rowColumns, pageColumns, rows, connection, scope, outer, compilation }: Page): Sql {
  const order = connection.orderBy.map(one => compileOrder(walked(one, connection), scope, compilation));
  const numbered = sql`row_number() over (order by ${join(order, ', ')}) as "number"`;
  const behind = connection.cursor ? [isBeyond(connection.cursor, connection, scope, compilation)] : [];
  const where = [
    ...compileJoin(connection.on, scope.self, outer),
    ...compileConditions(connection.where, scope, compilation),
    ...behind,
  ];
  const size = sizeOf(connection);
  const inner = join(
    [
      sql`select${nest(join([...rowColumns, numbered], ',\n'))}from ${compileSource(connection.from, scope.self, outer, compilation)}`,
      where.length === 0 ? empty : sql`where ${join(where, '\nand ')}`,
      sql`order by ${join(order, ', ')}`,
      size ? sql`limit ${size} + 1` : empty,
    ],
    '\n',
  );
  return sql`select${nest(join(pageColumns, ',\n'))}from (${nest(inner)}) as ${rows}`;
}

const sizeOf = ({ sizes }: Connection): Sql | undefined => compileLimit(sizes);

/** Backward, the walk begins at the end. */
function walked(order: OrderBy, { way }: Connection): OrderBy {
  if (way === 'forward') return order;
  return {
    by: order.by,
    direction: order.direction === 'asc' ? 'desc' : 'asc',
    nulls: order.nulls === 'first' ? 'last' : 'first',
  };
}

/** Comes later on the walk than the cursor: greater in the first place, or equal there and greater in the next. */
function isBeyond(
  cursor: readonly CursorPosition[],
  connection: Connection,
  scope: Scope,
  compilation: Compilation,
): Sql {
  const [first, ...rest] = cursor;
  if (!first) return sql`false`;
  const value = compileParam(first.value);
  const own = compileOperand(first.operand, scope, compilation);
  const greater = isGreater(own, value, first, connection);
  if (rest.length === 0) return greater;
  const equal = first.required ? sql`${own} = ${value}` : sql`${own} is not distinct from ${value}`;
  return sql`(${greater} or (${equal} and ${isBeyond(rest, connection, scope, compilation)}))`;
}

function isGreater(own: Sql, value: Sql, position: CursorPosition, { way }: Connection): Sql {
  const ascending = (position.direction === 'asc') === (way === 'forward');
  const greater = ascending ? sql`${own} > ${value}` : sql`${own} < ${value}`;
  if (position.required) return greater;
  const nullsLast = (position.nulls === 'last') === (way === 'forward');
  const aroundNull = nullsLast
    ? sql`${own} is null and ${value} is not null`
    : sql`${own} is not null and ${value} is null`;
  return sql`(${greater} or (${aroundNull}))`;
}

function addCursors({ connection, scope, compilation, rowColumns, pageColumns, rows }: Page): void {
  rowColumns.push(sql`${compileCursorText(connection.orderBy, scope, compilation)} as "cursor"`);
  const inPage = withinPage(connection, rows);
  pageColumns.push(
    sql`array_agg(${rows}."cursor" order by ${rows}."number" ${direction(connection)})${inPage} as "cursors"`,
  );
  const size = sizeOf(connection);
  pageColumns.push(size ? sql`count(*) > ${size} as "more"` : sql`false as "more"`);
}

function withinPage(connection: Connection, rows: Sql): Sql {
  const size = sizeOf(connection);
  return size ? sql` filter (where ${rows}."number" <= ${size})` : empty;
}

const direction = ({ way }: Connection): Sql => (way === 'forward' ? sql`asc` : sql`desc`);

function compileField(field: ConnectionField, page: Page): Sql {
  switch (field.kind) {
    case 'text':
      return sql`${literal(field.text)}::text`;
    case 'page-info':
      return objectOf(field.items.map(item => [item.alias, compilePageInfo(item, page)] as const));
    case 'edges':
      return compileEdges(field.items, page);
  }
}

function compileEdges(
  items: readonly EdgeItem[],
  { scope, compilation, rowColumns, pageColumns, rows, page, connection }: Page,
): Sql {
  const members = items.map((item): Member => [
    item.alias,
    compileEdgeItem(item, connection, scope, compilation),
  ]);
  const name = ident(`edge${rowColumns.length}`);
  rowColumns.push(sql`${objectOf(members)} as ${name}`);
  const all = sql`json_agg(${rows}.${name} order by ${rows}."number" ${direction(connection)})${withinPage(connection, rows)}`;
  pageColumns.push(sql`coalesce(${all}, '[]') as ${name}`);
  return sql`${page}.${name}`;
}

function compileEdgeItem(
  item: EdgeItem,
  connection: Connection,
  scope: Scope,
  compilation: Compilation,
): Sql {
  switch (item.kind) {
    case 'text':
      return sql`${literal(item.text)}::text`;
    case 'cursor':
      return compileCursorText(connection.orderBy, scope, compilation);
    case 'node':
      return objectOf(compileFields(item.fields, scope, compilation));
  }
}

function compilePageInfo(item: PageInfoItem, page: Page): Sql {
  const { way } = page.connection;
  switch (item.kind) {
    case 'text':
      return sql`${literal(item.text)}::text`;
    case 'start-cursor':
      return sql`coalesce(${page.page}."cursors"[1], '')`;
    case 'end-cursor':
      return sql`coalesce(${page.page}."cursors"[array_upper(${page.page}."cursors", 1)], '')`;
    case 'has-next':
      return way === 'forward' ? sql`${page.page}."more"` : isBehind(page);
    case 'has-previous':
      return way === 'forward' ? isBehind(page) : sql`${page.page}."more"`;
  }
}

function isBehind({ connection, outer, compilation }: Page): Sql {
  const { cursor, from, on, where } = connection;
  if (!cursor) return sql`false`;
  const scope = compilation.scope(sourceName(from));
  const conditions = [
    ...compileJoin(on, scope.self, outer),
    ...compileConditions(where, scope, compilation),
    sql`(${isBeyond(cursor, connection, scope, compilation)}) is not true`,
  ];
  return sql`exists (${nest(sql`select 1 from ${compileSource(from, scope.self, outer, compilation)} where ${join(conditions, ' and ')}`)})`;
}
