import type {
  ComputedField,
  FunctionMetadata,
  QualifiedName,
  SourceCustomization,
} from '@nself/hasura-metadata';
import type { Catalogue, PgFunction } from '@nself/pg-catalog';
import { ModelFault } from './fault';
import {
  chosen,
  customisedRoot,
  fieldName,
  generated,
  typeBase,
  type Convention,
  type Piece,
} from './naming';
import type { Types } from './pg-types';
import type { BareTable } from './table';
import { isGraphqlName, quoted, quotedName, reasonsText, unlessEmpty } from './text';
import {
  tableKey,
  type ComputedFieldModel,
  type FunctionArgumentModel,
  type FunctionModel,
  type TableKey,
} from './types';

/** Where functions look up what they take and give. */
export interface FunctionSetting {
  readonly catalogue: Catalogue;
  readonly types: Types;
  readonly tables: ReadonlyMap<TableKey, BareTable>;
  readonly convention: Convention;
  readonly customization: SourceCustomization | undefined;
}

/** The one function of that name. @throws ModelFault when there is none, or when it is overloaded */
function onlyFunction(name: QualifiedName, { catalogue }: FunctionSetting): PgFunction {
  const [only, another] = catalogue.functionsNamed(name);
  if (!only) throw new ModelFault(`no such function exists in postgres : ${quotedName(name)}`);
  if (!another) return only;
  throw new ModelFault(`function ${quotedName(name)} is overloaded. Overloaded functions are not supported`);
}

/** A tracked function as a root field. @throws ModelFault with all that speaks against it */
export function trackedFunction(metadata: FunctionMetadata, setting: FunctionSetting): FunctionModel {
  const { function: name, configuration = {}, permissions = [], comment } = metadata;
  const context = `in function ${quotedName(name)}: `;
  const found = inContext(context, () => onlyFunction(name, setting));
  const returned = setting.catalogue.tableOfRowType(found.returns);
  const reasons = functionFaults(metadata, found, returned !== undefined, setting);
  if (reasons.length > 0 || !returned) {
    throw new ModelFault(
      `${context}the function ${quotedName(name)} cannot be tracked ${reasonsText(reasons)}`,
    );
  }
  const table = tableKey(returned.schema, returned.name);
  if (!setting.tables.has(table)) throw new ModelFault(`table ${quotedName(returned)} is not tracked`);
  const said = comment ?? found.comment;
  return {
    key: tableKey(name.schema, name.name),
    schema: name.schema,
    name: name.name,
    ...functionNames(metadata, setting),
    exposedAs: configuration.exposed_as ?? (found.volatility === 'volatile' ? 'mutation' : 'query'),
    arguments: argumentsOf(found, setting, { session: configuration.session_argument }),
    returns: { table, set: found.returnsSet },
    roles: new Set(permissions.map(({ role }) => role)),
    ...(said !== undefined && { comment: said }),
  };
}

function functionNames(
  { function: name, configuration = {} }: FunctionMetadata,
  { convention, customization }: FunctionSetting,
): Pick<FunctionModel, 'graphqlName' | 'customName' | 'rootField' | 'rootFieldAggregate'> {
  const { custom_name: custom, custom_root_fields: roots = {} } = configuration;
  const own =
    name.schema === 'public' ? [generated(name.name)] : [generated(name.schema), generated(name.name)];
  const pieces: readonly Piece[] = custom === undefined ? own : [chosen(custom)];
  const root = (given: string | undefined, more: readonly Piece[]) => ({
    name: customisedRoot(
      convention,
      customization?.root_fields,
      given ?? fieldName(convention, [...pieces, ...more]),
    ),
  });
  return {
    graphqlName: typeBase(convention, pieces),
    customName: custom !== undefined,
    rootField: root(roots.function, []),
    rootFieldAggregate: root(roots.function_aggregate, [generated('aggregate')]),
  };
}

function functionFaults(
  { function: name, configuration = {} }: FunctionMetadata,
  found: PgFunction,
  returnsTable: boolean,
  { catalogue }: FunctionSetting,
): string[] {
  const reasons: string[] = [];
  const graphqlName = name.schema === 'public' ? name.name : `${name.schema}_${name.name}`;
  if (!isGraphqlName(configuration.custom_name ?? graphqlName)) {
    reasons.push('function name is not a legal GraphQL identifier');
  }
  if (found.variadic) reasons.push('function with "VARIADIC" parameters are not supported');
  if (catalogue.type(found.returns).kind !== 'composite')
    reasons.push('the function does not return a "COMPOSITE" type');
  if (!returnsTable) reasons.push('the function does not return a table');
  if (found.volatility !== 'volatile' && configuration.exposed_as === 'mutation') reasons.push(notVolatile);
  return [
    ...reasons,
    ...argumentFaults(found),
    ...sessionFaults(configuration.session_argument, found, catalogue),
  ];
}

function argumentFaults(found: PgFunction): string[] {
  const bad = found.arguments.flatMap(({ name }) =>
    name !== undefined && !isGraphqlName(name) ? [name] : [],
  );
  if (bad.length === 0) return [];
  return [`the function arguments ${bad.join(',')} are not in compliance with GraphQL spec`];
}

const notVolatile =
  'the function was requested to be exposed as a mutation, but is not marked VOLATILE. ' +
  'Maybe the function was given the wrong volatility when it was defined?';

function sessionFaults(name: string | undefined, found: PgFunction, catalogue: Catalogue): string[] {
  if (name === undefined) return [];
  const argument = found.arguments.find(({ name: of }) => of === name);
  const given = `given session argument ${quoted(name)}`;
  if (!argument) return [`${given} not the input argument of the function`];
  return catalogue.type(argument.type).name === 'json' ? [] : [`${given} is not of type json`];
}

interface Filled {
  readonly session?: string | undefined;
  readonly row?: number;
}

function argumentsOf(
  found: PgFunction,
  { types, convention }: FunctionSetting,
  filled: Filled,
): FunctionArgumentModel[] {
  return found.arguments.map(({ name, type, hasDefault }, i) => {
    const fill =
      i === filled.row ? 'row' : name !== undefined && name === filled.session ? 'session' : undefined;
    return {
      ...(name !== undefined && { name }),
      graphqlName: fieldName(convention, [generated(name ?? `arg_${i + 1}`)]),
      type: types.of(type),
      hasDefault,
      ...(fill && { fill }),
    };
  });
}

/** A computed field of a table. @throws ModelFault with all that speaks against it */
export function computedField(
  metadata: ComputedField,
  table: BareTable,
  setting: FunctionSetting,
): ComputedFieldModel {
  const { name, definition, comment } = metadata;
  const context = `in table ${quotedName(table)}: in computed field ${quoted(name)}: `;
  const found = inContext(context, () => onlyFunction(definition.function, setting));
  const row = rowArgument(metadata, found);
  const reasons = computedFaults(metadata, found, row, table, setting);
  if (reasons.length > 0) {
    const cannot = `the computed field ${quoted(name)} cannot be added to table ${quotedName(table)}`;
    throw new ModelFault(`${context}${cannot} ${reasonsText(reasons)}`);
  }
  const standard = `A computed field, executes function ${quotedName(definition.function)}`;
  const said = unlessEmpty(comment ?? found.comment ?? standard);
  return {
    name,
    graphqlName: name,
    function: definition.function,
    arguments: argumentsOf(found, setting, { session: definition.session_argument, row }),
    returns: returnOf(found, setting),
    ...(said !== undefined && { comment: said }),
  };
}

function rowArgument({ definition }: ComputedField, found: PgFunction): number {
  const { table_argument: given } = definition;
  return given === undefined ? 0 : found.arguments.findIndex(({ name }) => name === given);
}

function returnOf(found: PgFunction, { catalogue, types }: FunctionSetting): ComputedFieldModel['returns'] {
  const returned = catalogue.tableOfRowType(found.returns);
  return returned
    ? { kind: 'table', table: tableKey(returned.schema, returned.name), set: found.returnsSet }
    : { kind: 'scalar', type: types.of(found.returns) };
}

function computedFaults(
  metadata: ComputedField,
  found: PgFunction,
  row: number,
  table: BareTable,
  setting: FunctionSetting,
): string[] {
  const reasons: string[] = [];
  const called = quotedName(found);
  if (!isGraphqlName(metadata.name)) reasons.push(`${metadata.name} is not valid GraphQL name`);
  if (found.volatility === 'volatile') {
    reasons.push(`the function ${called} is of type VOLATILE; cannot be added as a computed field`);
  }
  return [
    ...reasons,
    ...argumentFaults(found),
    ...returnFaults(found, setting),
    ...rowFaults(metadata, found, row, table, setting),
    ...jsonFaults(metadata, found, setting),
  ];
}

function returnFaults(found: PgFunction, { catalogue, tables }: FunctionSetting): string[] {
  const returned = catalogue.tableOfRowType(found.returns);
  const called = quotedName(found);
  if (returned && !tables.has(tableKey(returned.schema, returned.name))) {
    return [
      `the function ${called} returning set of table ${quotedName(returned)} is not tracked or not found in database`,
    ];
  }
  const type = catalogue.type(found.returns);
  const scalar = ['base', 'array', 'enum', 'range', 'multirange', 'domain'].includes(type.kind);
  return returned || scalar ? [] : [`the function ${called} returning type ${type.name} is not a BASE type`];
}

function rowFaults(
  { definition }: ComputedField,
  found: PgFunction,
  row: number,
  table: BareTable,
  { catalogue }: FunctionSetting,
): string[] {
  const called = quotedName(found);
  const given = definition.table_argument;
  const argument = found.arguments[row];
  if (!argument && given !== undefined)
    return [`${quoted(given)} is not an input argument of the function ${called}`];
  if (!argument) return [`the function ${called} has no input arguments`];
  const which =
    given === undefined
      ? `first argument of the function ${called}`
      : `${quoted(given)} argument of the function ${called}`;
  const type = catalogue.type(argument.type);
  const reasons = type.kind === 'composite' ? [] : [`${which} is not COMPOSITE type`];
  const taken = catalogue.tableOfRowType(argument.type) ?? type;
  if (taken.schema === table.schema && taken.name === table.name) return reasons;
  return [
    ...reasons,
    `${which} of type ${quotedName(taken)} is not the table to which the computed field is being added`,
  ];
}

function jsonFaults(
  { definition }: ComputedField,
  found: PgFunction,
  { catalogue }: FunctionSetting,
): string[] {
  const name = definition.session_argument;
  if (name === undefined) return [];
  const called = quotedName(found);
  const argument = found.arguments.find(({ name: of }) => of === name);
  if (!argument) return [`${quoted(name)} is not an input argument of the function ${called}`];
  const json = ['json', 'jsonb'].includes(catalogue.type(argument.type).name);
  return json ? [] : [`${quoted(name)} argument of the function ${called} is not of type JSON`];
}

function inContext<T>(context: string, work: () => T): T {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof ModelFault) throw new ModelFault(`${context}${fault.message}`);
    throw fault;
  }
}
