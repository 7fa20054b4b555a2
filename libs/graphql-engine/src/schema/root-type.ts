import { GraphQLObjectType, type GraphQLField } from 'graphql';
import type { Model, TableModel } from '../model';
import type { FieldMap } from './field';

/** Where a root type's fields come from: each table has its own, and some belong to no table. */
export interface RootFields {
  readonly ofTable: (table: TableModel) => FieldMap;
  readonly others: () => FieldMap;
}

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

/**
 * `query_root` and its siblings. A schema of ten thousand tables has more than a hundred thousand root fields, and a
 * request asks for two of them: a table's fields are made when one of them is first asked for. The whole type is made
 * for introspection only.
 */
export class RootType {
  private readonly ready = new Map<TableModel | undefined, Fields>();
  private whole?: GraphQLObjectType;

  constructor(
    readonly name: string,
    private readonly model: Model,
    private readonly fields: RootFields,
    private readonly description?: string,
  ) {}

  field(name: string): GraphQLField<unknown, unknown> | undefined {
    const table = tableOf(this.model, name);
    return (table && this.made(table)[name]) ?? this.made(undefined)[name];
  }

  get isEmpty(): boolean {
    if (Object.keys(this.made(undefined)).length > 0) return false;
    for (const table of this.model.tables.values()) {
      if (Object.keys(this.made(table)).length > 0) return false;
    }
    return true;
  }

  type(): GraphQLObjectType {
    return (this.whole ??= this.makeWhole());
  }

  private made(table: TableModel | undefined): Fields {
    const known = this.ready.get(table);
    if (known) return known;
    const fields = table ? this.fields.ofTable(table) : this.fields.others();
    const made = new GraphQLObjectType({ name: this.name, fields }).getFields();
    this.ready.set(table, made);
    return made;
  }

  private makeWhole(): GraphQLObjectType {
    const { name, description } = this;
    return new GraphQLObjectType({ name, description, fields: () => this.all() });
  }

  private all(): FieldMap {
    const tables = [...this.model.tables.values()].map(table => this.fields.ofTable(table));
    return Object.assign({}, this.fields.others(), ...tables) as FieldMap;
  }
}

// One index for all roles of a model: which table a root field would belong to.
const indexes = new WeakMap<Model, ReadonlyMap<string, TableModel>>();

function tableOf(model: Model, field: string): TableModel | undefined {
  const index = indexes.get(model) ?? indexOf(model);
  const direct = index.get(field);
  return direct ?? index.get(field.replace(/_connection$/, ''));
}

function indexOf(model: Model): ReadonlyMap<string, TableModel> {
  const index = new Map<string, TableModel>();
  for (const table of model.tables.values()) {
    for (const { name } of Object.values(table.rootFields)) index.set(name, table);
  }
  indexes.set(model, index);
  return index;
}
