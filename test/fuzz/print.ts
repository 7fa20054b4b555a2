import { ELDERS, tables, type Condition, type Json, type TableName } from './domain';
import type { Random } from './random';
import type {
  AggregateRoot,
  Changes,
  Conflict,
  Field,
  ListArguments,
  ListRoot,
  NewRow,
  Order,
  Request,
  Root,
  Sum,
  Writing,
} from './request';

export interface Printed {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The request as GraphQL. Chance decides which arguments come as variables: both ways must mean the same. */
export function print(request: Request, random: Random): Printed {
  const printer = new Printer(random);
  const roots = request.roots.map((root, at) => `r${at}: ${printer.root(root)}`).join('\n  ');
  return {
    query: `${request.operation}${printer.declarations()} {\n  ${roots}\n}`,
    variables: printer.variables,
  };
}

class Printer {
  readonly variables: Record<string, unknown> = {};
  private readonly declared: string[] = [];

  constructor(private readonly random: Random) {}

  declarations(): string {
    return this.declared.length === 0 ? '' : `(${this.declared.join(', ')})`;
  }

  root(root: Root): string {
    switch (root.kind) {
      case 'list':
        return `${this.source(root)} ${this.fields(root.table, root.fields)}`;
      case 'by-key':
        return `${root.table}_by_pk(${members(root.key)}) ${this.fields(root.table, root.fields)}`;
      case 'aggregate': {
        const nodes = root.nodes ? ` nodes ${this.fields(root.table, root.nodes)}` : '';
        return `${this.source(root, '_aggregate')} { aggregate ${sums(root.sums)}${nodes} }`;
      }
      default:
        return this.writing(root);
    }
  }

  /** A table, or a function with its arguments before the others. */
  private source({ table, call, args }: ListRoot | AggregateRoot, suffix = ''): string {
    const given = this.listArguments(table, args);
    if (!call) return `${table}${suffix}${given}`;
    const { minimum } = call;
    const own = minimum === undefined ? '' : `args: {minimum: ${this.number(minimum)}}, `;
    return `${ELDERS}${suffix}(${own}${given.slice(1)}`;
  }

  private writing(root: Writing): string {
    const { table } = root;
    const one = this.fields(table, root.returning);
    const many = root.returning.length === 0 ? '{ affected_rows }' : `{ affected_rows returning ${one} }`;
    switch (root.kind) {
      case 'insert':
        return `insert_${table}${root.one ? '_one' : ''}(${this.rows(root)}${this.conflict(table, root.conflict)}) ${root.one ? one : many}`;
      case 'update':
        return `update_${table}(where: ${this.where(table, root.where)}${this.changes(root.changes)}) ${many}`;
      case 'update-by-key':
        return `update_${table}_by_pk(pk_columns: ${literal(root.key)}${this.changes(root.changes)}) ${one}`;
      case 'update-many': {
        const updates = root.updates.map(
          ({ where, changes }) => `{where: ${this.where(table, where)}${this.changes(changes)}}`,
        );
        return `update_${table}_many(updates: [${updates.join(', ')}]) ${many}`;
      }
      case 'delete':
        return `delete_${table}(where: ${this.where(table, root.where)}) ${many}`;
      case 'delete-by-key':
        return `delete_${table}_by_pk(${members(root.key)}) ${one}`;
    }
  }

  private rows({ table, one, rows }: Extract<Root, { kind: 'insert' }>): string {
    const hasConflicts = JSON.stringify(rows).includes('"conflict"');
    const type = one ? `${table}_insert_input!` : `[${table}_insert_input!]!`;
    const name = one ? 'object' : 'objects';
    if (!hasConflicts && this.random.chance(0.5)) {
      const plain = rows.map(row => plainRow(row));
      return `${name}: ${this.variable(type, one ? plain[0] : plain)}`;
    }
    const printed = rows.map(row => this.row(table, row));
    return `${name}: ${one ? printed[0] : `[${printed.join(', ')}]`}`;
  }

  private row(table: TableName, { cells, related }: NewRow): string {
    const nested = related.map(({ name, rows, conflict }) => {
      const relation = tables[table].relations.find(one => one.name === name);
      const target = relation?.target ?? table;
      const data = rows.map(row => this.row(target, row));
      const given = relation?.kind === 'object' ? data[0] : `[${data.join(', ')}]`;
      return `${name}: {data: ${given}${this.conflict(target, conflict)}}`;
    });
    return `{${[...(Object.keys(cells).length > 0 ? [members(cells)] : []), ...nested].join(', ')}}`;
  }

  private conflict(table: TableName, conflict: Conflict | undefined): string {
    if (!conflict) return '';
    const where = conflict.where ? `, where: ${this.where(table, conflict.where)}` : '';
    return `, on_conflict: {constraint: ${table}_pkey, update_columns: [${conflict.columns.join(', ')}]${where}}`;
  }

  private changes({ set, increment }: Changes): string {
    const parts = [
      Object.keys(set).length > 0 && `, _set: ${literal(set)}`,
      Object.keys(increment).length > 0 && `, _inc: ${literal(increment)}`,
    ];
    return parts.filter(Boolean).join('');
  }

  private where(table: TableName, where: Condition): string {
    return this.random.chance(0.4) ? this.variable(`${table}_bool_exp!`, where) : literal(where);
  }

  private listArguments(table: TableName, args: ListArguments): string {
    const parts = [`order_by: [${args.orderBy.map(orderText).join(', ')}]`];
    if (args.where) parts.push(`where: ${this.where(table, args.where)}`);
    if (args.distinctOn) parts.push(`distinct_on: [${args.distinctOn.join(', ')}]`);
    if (args.limit !== undefined) parts.push(`limit: ${this.number(args.limit)}`);
    if (args.offset !== undefined) parts.push(`offset: ${this.number(args.offset)}`);
    return `(${parts.join(', ')})`;
  }

  private number(value: number): string {
    return this.random.chance(0.5) ? this.variable('Int!', value) : String(value);
  }

  private fields(table: TableName, fields: readonly Field[]): string {
    return `{ ${fields.map((field, at) => `f${at}: ${this.field(table, field)}`).join(' ')} }`;
  }

  private field(table: TableName, field: Field): string {
    if (field.kind === 'column') return field.name;
    const target = tables[table].relations.find(({ name }) => name === field.name)?.target ?? table;
    if (field.kind === 'object') return `${field.name} ${this.fields(target, field.fields)}`;
    const args = this.listArguments(target, field.args);
    if (field.kind === 'array') return `${field.name}${args} ${this.fields(target, field.fields)}`;
    return `${field.name}_aggregate${args} { aggregate ${sums(field.sums)} }`;
  }

  private variable(type: string, value: unknown): string {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }
}

function plainRow({ cells, related }: NewRow): unknown {
  const nested = related.map(({ name, rows }) => {
    const isObject = Object.values(tables).some(table =>
      table.relations.some(one => one.name === name && one.kind === 'object'),
    );
    return [name, { data: isObject ? plainRow(rows[0] as NewRow) : rows.map(plainRow) }];
  });
  return { ...cells, ...Object.fromEntries(nested) };
}

function orderText({ path, count, direction }: Order): string {
  const [name = '', ...rest] = path;
  if (count) return `{${name}_aggregate: {count: ${direction}}}`;
  return rest.length === 0 ? `{${name}: ${direction}}` : `{${name}: ${orderText({ path: rest, direction })}}`;
}

function sums(all: readonly Sum[]): string {
  const parts = all.map((sum, at) => {
    if (sum.kind !== 'count') return `s${at}: ${sum.kind} { v: ${sum.column} }`;
    const columns = sum.columns.length > 0 ? [`columns: [${sum.columns.join(', ')}]`] : [];
    const distinct = sum.columns.length > 0 && sum.distinct ? ['distinct: true'] : [];
    const args = [...columns, ...distinct];
    return `s${at}: count${args.length > 0 ? `(${args.join(', ')})` : ''}`;
  });
  return `{ ${parts.join(' ')} }`;
}

const members = (value: object): string =>
  Object.entries(value)
    .map(
      ([name, one]) =>
        `${name}: ${name === 'arguments' ? `[${(one as string[]).join(', ')}]` : literal(one as Json)}`,
    )
    .join(', ');

function literal(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'object' && value !== null ? `{${members(value)}}` : JSON.stringify(value);
}
