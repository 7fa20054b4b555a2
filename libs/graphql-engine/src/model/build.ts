/**
 * Catalogue and metadata become the Model.
 *
 * Everything in metadata is tried by itself: what fits becomes part of the model, what does not becomes an entry in
 * `inconsistencies`, in Hasura's words, and nothing else suffers. The order matters only because later things look
 * earlier ones up: tables and columns, then relationships, computed fields and functions, then permissions (whose
 * filters walk relationships), then roles that inherit.
 */
import { createHash } from 'node:crypto';
import {
  verbs,
  type FunctionMetadata,
  type Metadata,
  type PermissionByVerb,
  type PermissionEntry,
  type Source,
  type TableMetadata,
  type Verb,
} from '@nself/hasura-metadata';
import type { Catalogue } from '@nself/pg-catalog';
import { ClaimedNames } from './claimed-names';
import type { EnumRows } from './enums';
import { ModelFault } from './fault';
import { computedField, trackedFunction, type FunctionSetting } from './function';
import { inherit, inParentOrder, type RoleTable } from './inherited-role';
import {
  computedFieldObject,
  functionObject,
  inconsistency,
  inheritedRoleObject,
  permissionObject,
  relationshipObject,
  sourceObject,
  tableObject,
  type MetadataObject,
} from './metadata-object';
import {
  deletePermission,
  insertPermission,
  selectPermission,
  updatePermission,
  type PermissionSetting,
  type ReadFilter,
} from './permission';
import { Types } from './pg-types';
import { arrayRelationship, objectRelationship, refuseColumnName, refuseUnsayable } from './relationship';
import { bareTable, type BareTable, type TableSetting } from './table';
import { quoted, quotedName } from './text';
import {
  tableKey,
  type ComputedFieldModel,
  type FunctionModel,
  type Inconsistency,
  type Model,
  type ModelOptions,
  type RelationshipModel,
  type RolePermissions,
  type TableKey,
  type TableModel,
} from './types';

/** Switches that the environment sets; what a source says of its names comes on top. */
export interface EngineOptions extends Omit<ModelOptions, 'typeNames' | 'rootNamespace'> {
  /** Whether sources may choose a naming convention of their own; with Hasura that is an experiment to be switched on. */
  readonly ownConventions?: boolean;
}

export interface ModelInput {
  readonly catalogue: Catalogue;
  readonly metadata: Metadata;
  readonly enums: EnumRows;
  readonly options: EngineOptions;
  readonly readFilter: ReadFilter;
}

/** The source that this engine serves: `default`, else the first. */
export const servedSource = ({ sources }: Pick<Metadata, 'sources'>): Source | undefined =>
  sources.find(({ name }) => name === 'default') ?? sources[0];

export function buildModel(input: ModelInput): Model {
  return new ModelBuilder(input).build();
}

class ModelBuilder {
  readonly #inconsistencies: Inconsistency[] = [];
  readonly #source: Source | undefined;
  readonly #types: Types;
  readonly #options: ModelOptions;
  readonly #claimed: ClaimedNames;

  constructor(private readonly input: ModelInput) {
    this.#source = servedSource(input.metadata);
    this.#types = new Types(input.catalogue);
    this.#options = optionsOf(input.options, this.#source);
    this.#claimed = new ClaimedNames(this.#options.namingConvention, input.catalogue);
  }

  build(): Model {
    const { metadata } = this.input;
    for (const { name } of metadata.sources) if (name !== this.#source?.name) this.#refuseSource(name);
    const bare = this.#tables();
    const tables = this.#fields(bare);
    const functions = this.#functions(bare);
    this.#permissions(tables);
    const roles = this.#roles(tables, functions);
    return {
      version: versionOf(this.input),
      tables,
      functions,
      roles,
      inheritedRoles: new Map((metadata.inherited_roles ?? []).map(role => [role.role_name, role.role_set])),
      options: this.#options,
      unintrospective: new Set(metadata.graphql_schema_introspection?.disabled_for_roles ?? []),
      inconsistencies: this.#inconsistencies,
    };
  }

  #refuseSource(name: string): void {
    const reason = `this engine serves one source; ${quoted(name)} is another one`;
    this.#inconsistencies.push(inconsistency(sourceObject(name), reason));
  }

  /** Runs work on one piece of metadata; a fault of its own makes the piece inconsistent and answers undefined. */
  #attempt<T>(object: MetadataObject, work: () => T): T | undefined {
    try {
      return work();
    } catch (fault) {
      if (!(fault instanceof ModelFault)) throw fault;
      this.#inconsistencies.push(inconsistency(object, fault.message));
      return undefined;
    }
  }

  #tables(): Map<TableKey, BareTable> {
    const source = this.#source;
    const setting: TableSetting = {
      catalogue: this.input.catalogue,
      types: this.#types,
      enums: this.input.enums,
      convention: this.#options.namingConvention,
      customization: source?.customization,
    };
    const tables = new Map<TableKey, BareTable>();
    for (const metadata of source?.tables ?? []) {
      const table = this.#attempt(tableObject(source?.name ?? '', metadata.table), () => {
        const made = bareTable(metadata, setting);
        this.#claimed.claimTable(made);
        return made;
      });
      if (table) tables.set(table.key, table);
    }
    return dropBrokenEnums(tables);
  }

  #fields(bare: ReadonlyMap<TableKey, BareTable>): Map<TableKey, TableModel> {
    const made = this.#served(bare).map(({ metadata, table }) => {
      const relationships = this.#relationships(metadata, table, bare);
      const computedFields = this.#computedFields(metadata, table, bare, relationships);
      return { ...table, relationships, computedFields, permissions: new Map<string, RolePermissions>() };
    });
    return new Map(made.map(table => [table.key, table]));
  }

  /** Metadata of the tables that are consistent, with what is known of them. */
  #served<T extends BareTable>(tables: ReadonlyMap<TableKey, T>): { metadata: TableMetadata; table: T }[] {
    return (this.#source?.tables ?? []).flatMap(metadata => {
      const table = tables.get(tableKey(metadata.table.schema, metadata.table.name));
      return table ? [{ metadata, table }] : [];
    });
  }

  #relationships(
    metadata: TableMetadata,
    table: BareTable,
    tables: ReadonlyMap<TableKey, BareTable>,
  ): Map<string, RelationshipModel> {
    const source = this.#source?.name ?? '';
    const setting = { source, catalogue: this.input.catalogue, tables };
    const found = new Map<string, RelationshipModel>();
    for (const relationship of metadata.object_relationships ?? []) {
      const object = relationshipObject(source, metadata.table, 'object', relationship);
      this.#addField(object, found, table, relationship.name, () => {
        refuseUnsayable(relationship.name, table);
        return objectRelationship(relationship, table, setting);
      });
    }
    for (const relationship of metadata.array_relationships ?? []) {
      const object = relationshipObject(source, metadata.table, 'array', relationship);
      this.#addField(object, found, table, relationship.name, () => {
        refuseUnsayable(relationship.name, table);
        return arrayRelationship(relationship, table, setting);
      });
    }
    return found;
  }

  #addField<T>(
    object: MetadataObject,
    fields: Map<string, T>,
    table: BareTable,
    name: string,
    make: () => T,
  ): void {
    const field = this.#attempt(object, () => {
      refuseColumnName(name, table);
      if (fields.has(name)) throw new ModelFault(`conflicting definitions of the field ${quoted(name)}`);
      return make();
    });
    if (field) fields.set(name, field);
  }

  #computedFields(
    metadata: TableMetadata,
    table: BareTable,
    tables: ReadonlyMap<TableKey, BareTable>,
    relationships: ReadonlyMap<string, RelationshipModel>,
  ): Map<string, ComputedFieldModel> {
    const setting = this.#functionSetting(tables);
    const found = new Map<string, ComputedFieldModel>();
    for (const field of metadata.computed_fields ?? []) {
      const object = computedFieldObject(this.#source?.name ?? '', metadata.table, field);
      this.#addField(object, found, table, field.name, () => {
        if (relationships.has(field.name)) {
          throw new ModelFault(`field definition conflicts with relationship ${quoted(field.name)}`);
        }
        return computedField(field, table, setting);
      });
    }
    return found;
  }

  #functionSetting(tables: ReadonlyMap<TableKey, BareTable>): FunctionSetting {
    return {
      catalogue: this.input.catalogue,
      types: this.#types,
      tables,
      convention: this.#options.namingConvention,
      customization: this.#source?.customization,
    };
  }

  #functions(tables: ReadonlyMap<TableKey, BareTable>): Map<string, FunctionModel> {
    const setting = this.#functionSetting(tables);
    const found = (this.#source?.functions ?? []).flatMap((metadata: FunctionMetadata) => {
      const object = functionObject(this.#source?.name ?? '', metadata.function);
      const model = this.#attempt(object, () => {
        const made = trackedFunction(metadata, setting);
        this.#claimed.claimFunction(made);
        return made;
      });
      return model ?? [];
    });
    return new Map(found.map(model => [model.key, model]));
  }

  #permissions(tables: ReadonlyMap<TableKey, TableModel>): void {
    for (const { metadata, table } of this.#served(tables)) {
      const setting = { table, tables, readFilter: this.input.readFilter };
      const permissions = table.permissions as Map<string, RolePermissions>;
      for (const verb of verbs) this.#permissionsOf(verb, metadata, setting, permissions);
    }
  }

  #permissionsOf<V extends Verb>(
    verb: V,
    metadata: TableMetadata,
    setting: PermissionSetting,
    permissions: Map<string, RolePermissions>,
  ): void {
    const entries = (metadata[`${verb}_permissions`] ?? []) as readonly PermissionEntry<V>[];
    for (const entry of entries) {
      const object = permissionObject(this.#source?.name ?? '', metadata.table, verb, entry);
      const read = this.#attempt(object, () => readPermission(verb, entry, setting));
      if (read) permissions.set(entry.role, { ...permissions.get(entry.role), ...read });
    }
  }

  /** Resolves inherited roles and answers the names of all roles. */
  #roles(tables: ReadonlyMap<TableKey, TableModel>, functions: Map<string, FunctionModel>): string[] {
    const inherited = this.input.metadata.inherited_roles ?? [];
    const { ordered, cyclic } = inParentOrder(inherited);
    for (const role of cyclic) {
      const object = inheritedRoleObject(role.role_name, role);
      this.#inconsistencies.push(inconsistency(object, `found cycle(s) in roles: ${quoted(role.role_name)}`));
    }
    const roleTables = this.#served(tables).map(({ metadata, table }): RoleTable => ({
      source: this.#source?.name ?? '',
      metadata,
      permissions: table.permissions as Map<string, RolePermissions>,
    }));
    for (const role of ordered) {
      for (const table of roleTables) this.#inconsistencies.push(...inherit(role, table));
      for (const [key, model] of functions) {
        if (role.role_set.some(parent => model.roles.has(parent))) {
          functions.set(key, { ...model, roles: new Set([...model.roles, role.role_name]) });
        }
      }
    }
    return rolesOf(
      tables,
      functions,
      ordered.map(({ role_name }) => role_name),
    );
  }
}

function rolesOf(
  tables: ReadonlyMap<TableKey, TableModel>,
  functions: ReadonlyMap<string, FunctionModel>,
  inherited: readonly string[],
): string[] {
  const named = [...tables.values()].flatMap(({ permissions }) => [...permissions.keys()]);
  const called = [...functions.values()].flatMap(({ roles }) => [...roles]);
  return [...new Set([...named, ...called, ...inherited])].sort();
}

/** Filters are read by the permission room, whose faults are in words already. */
function readPermission<V extends Verb>(
  verb: V,
  { role, permission }: PermissionEntry<V>,
  setting: PermissionSetting,
): RolePermissions {
  const context = `in table ${quotedName(setting.table)}: in permission for role ${quoted(role)}: `;
  try {
    if (role === 'admin') throw new ModelFault('cannot define permission for admin role');
    return readers[verb](permission, setting);
  } catch (fault) {
    if (fault instanceof Error) throw new ModelFault(`${context}${fault.message}`);
    throw fault;
  }
}

type Readers = {
  readonly [V in Verb]: (permission: PermissionByVerb[V], setting: PermissionSetting) => RolePermissions;
};

const readers: Readers = {
  insert: (permission, setting) => ({ insert: insertPermission(permission, setting) }),
  select: (permission, setting) => ({ select: selectPermission(permission, setting) }),
  update: (permission, setting) => ({ update: updatePermission(permission, setting) }),
  delete: (permission, setting) => ({ delete: deletePermission(permission, setting) }),
};

/** A column may point to an enum table that turned out to be inconsistent: then it is a plain text. */
function dropBrokenEnums(tables: Map<TableKey, BareTable>): Map<TableKey, BareTable> {
  for (const table of tables.values()) {
    const broken = [...table.columns.values()].filter(
      ({ enumTable }) => enumTable !== undefined && !tables.get(enumTable)?.enumValues,
    );
    if (broken.length === 0) continue;
    const columns = new Map(table.columns);
    for (const { enumTable: _, ...column } of broken) columns.set(column.name, column);
    tables.set(table.key, { ...table, columns });
  }
  return tables;
}

function optionsOf(options: EngineOptions, source: Source | undefined): ModelOptions {
  const { ownConventions = true, ...rest } = options;
  const { root_fields, type_names, naming_convention } = source?.customization ?? {};
  return {
    ...rest,
    namingConvention: (ownConventions && naming_convention) || options.namingConvention,
    typeNames: { prefix: type_names?.prefix ?? '', suffix: type_names?.suffix ?? '' },
    ...(root_fields?.namespace !== undefined && { rootNamespace: root_fields.namespace }),
  };
}

function versionOf({ catalogue, metadata, enums, options }: ModelInput): string {
  const values = [...enums].map(([key, rows]) => [key, rows instanceof ModelFault ? rows.message : rows]);
  const text = JSON.stringify([catalogue.mark, metadata, values, options]);
  return createHash('sha256').update(text).digest('base64url');
}
