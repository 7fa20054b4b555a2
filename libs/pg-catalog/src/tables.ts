import { groupBy } from './group';
import type {
  RawCatalogue,
  RawColumn,
  RawForeignKey,
  RawIndex,
  RawPolicy,
  RawRelation,
  RawTrigger,
} from './raw';
import type {
  Column,
  ForeignKey,
  Oid,
  Policy,
  RowSecurity,
  Table,
  TableKind,
  Trigger,
  UniqueKey,
} from './types';

const kinds: Record<RawRelation['kind'], TableKind> = {
  r: 'table',
  v: 'view',
  m: 'materialised view',
  f: 'foreign table',
  p: 'partitioned table',
};

const commands: Record<RawPolicy['command'], Policy['command']> = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
};

/** Everything that belongs to relations, found by their number. */
class Parts {
  readonly relations: ReadonlyMap<Oid, RawRelation>;
  readonly columns: ReadonlyMap<Oid, readonly RawColumn[]>;
  readonly indexes: ReadonlyMap<Oid, readonly RawIndex[]>;
  readonly foreignKeys: ReadonlyMap<Oid, readonly RawForeignKey[]>;
  readonly policies: ReadonlyMap<Oid, readonly RawPolicy[]>;
  readonly triggers: ReadonlyMap<Oid, readonly RawTrigger[]>;
  readonly reads: ReadonlyMap<Oid, readonly { readonly read: Oid }[]>;

  constructor(raw: RawCatalogue) {
    const relation = (part: { readonly relation: Oid }) => part.relation;
    this.relations = new Map(raw.relations.map(table => [table.oid, table]));
    this.columns = groupBy(raw.columns, relation);
    this.indexes = groupBy(raw.indexes, relation);
    this.foreignKeys = groupBy(raw.foreignKeys, relation);
    this.policies = groupBy(raw.policies, relation);
    this.triggers = groupBy(raw.triggers, relation);
    this.reads = groupBy(raw.reads, relation);
  }

  /** Names of columns by their numbers; an expression of an index has the number 0 and no name. */
  names(relation: Oid, positions: readonly number[]): string[] {
    const columns = this.columns.get(relation) ?? [];
    return positions.flatMap(position => columns.find(column => column.position === position)?.name ?? []);
  }
}

export function assembleTables(raw: RawCatalogue): Table[] {
  const parts = new Parts(raw);
  return raw.relations.map(relation => assembleTable(relation, parts));
}

function assembleTable(raw: RawRelation, parts: Parts): Table {
  const indexes = parts.indexes.get(raw.oid) ?? [];
  const primary = indexes.find(index => index.primary);
  return {
    oid: raw.oid,
    schema: raw.schema,
    name: raw.name,
    kind: kinds[raw.kind],
    rowType: raw.rowType,
    ...(raw.comment !== null && { comment: raw.comment }),
    columns: (parts.columns.get(raw.oid) ?? []).map(assembleColumn),
    ...(primary && { primaryKey: { name: primary.name, columns: parts.names(raw.oid, primary.columns) } }),
    uniques: indexes.filter(index => !index.primary).map(index => assembleUnique(index, parts)),
    foreignKeys: (parts.foreignKeys.get(raw.oid) ?? []).flatMap(key => assembleForeignKey(key, parts)),
    security: assembleSecurity(raw, parts.policies.get(raw.oid) ?? []),
    writable: {
      update: (raw.writable & 4) !== 0,
      insert: (raw.writable & 8) !== 0,
      delete: (raw.writable & 16) !== 0,
    },
    reads: (parts.reads.get(raw.oid) ?? []).map(({ read }) => read),
    triggers: (parts.triggers.get(raw.oid) ?? []).map(assembleTrigger),
    ...(raw.partitionOf !== null && { partitionOf: raw.partitionOf }),
  };
}

function assembleColumn(raw: RawColumn): Column {
  return {
    name: raw.name,
    position: raw.position,
    type: raw.type,
    modifier: raw.modifier,
    nullable: !raw.required,
    ...(raw.default !== null && { default: raw.default }),
    ...(raw.generated !== '' && { generated: raw.generated === 'v' ? 'virtual' : 'stored' }),
    ...(raw.identity !== '' && { identity: raw.identity === 'a' ? 'always' : 'by default' }),
    ...(raw.comment !== null && { comment: raw.comment }),
  };
}

function assembleUnique(raw: RawIndex, parts: Parts): UniqueKey {
  const columns = parts.names(raw.relation, raw.columns);
  return { name: raw.name, columns, constraint: raw.constraint, partial: raw.partial };
}

/** A key into a schema that the catalogue leaves out is left out as well. */
function assembleForeignKey(raw: RawForeignKey, parts: Parts): ForeignKey[] {
  const referenced = parts.relations.get(raw.referenced);
  if (!referenced) return [];
  return [
    {
      oid: raw.oid,
      name: raw.name,
      columns: parts.names(raw.relation, raw.columns),
      references: { schema: referenced.schema, name: referenced.name },
      referencedColumns: parts.names(raw.referenced, raw.referencedColumns),
    },
  ];
}

function assembleSecurity(raw: RawRelation, policies: readonly RawPolicy[]): RowSecurity {
  return {
    enabled: raw.secured,
    forced: raw.forced,
    invoker: raw.invoker,
    policies: policies.map(policy => ({
      name: policy.name,
      command: commands[policy.command],
      permissive: policy.permissive,
      roles: policy.roles,
      ...(policy.using !== null && { using: policy.using }),
      ...(policy.check !== null && { check: policy.check }),
    })),
  };
}

function assembleTrigger(raw: RawTrigger): Trigger {
  return { name: raw.name, enabled: raw.enabled, function: { schema: raw.schema, name: raw.function } };
}
