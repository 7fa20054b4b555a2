import { isJsonObject, type Json, type JsonObject } from '@nself/hasura-metadata';
import {
  and,
  not,
  or,
  type BoolExp,
  type Encode,
  type Operand,
  type Operator,
  type Param,
  type Value,
} from '../ir';
import { EngineError } from '../executor';
import { ModelFault, isSessionVariable, type TableModel, type TypeModel } from '../model';
import { paramOf } from '../planner';
import { codecOf, encodeAny, encodeMembers, pgTypes } from '../schema';
import { refuse } from './read';

/** Where columns are looked up that others are compared with. */
export interface Columns {
  readonly self: TableModel;
  /** The table whose filter it is: what `$` means. */
  readonly root: TableModel;
}

type Comparison = (operand: Operand, value: Json, columns: Columns) => BoolExp;

/** `{ _eq: 1 }`, or a bare value that means equality. */
export function parseComparison(operand: Operand, value: Json, columns: Columns): BoolExp {
  if (!isJsonObject(value)) return equals(operand, value);
  return and(...Object.entries(value).map(([key, one]) => comparisonOf(key, operand)(operand, one, columns)));
}

function comparisonOf(key: string, operand: Operand): Comparison {
  const name = /^[$_]/.test(key) ? key.slice(1) : key;
  const found = comparisons[name];
  if (!found) throw new ModelFault(`Unknown operator : ${key}`);
  refuseOtherTypes(name, operand.type);
  return found;
}

/** Operators that only some types have. */
const typesOf = (name: string): readonly string[] | undefined => {
  if (/^n?i?(like|regex)$|^n?similar$/.test(name)) return ['varchar', 'text', 'citext'];
  if (/^has_key|^jsonb_/.test(name)) return ['jsonb'];
  return /^(ancestor|descendant|matches)/.test(name) ? ['ltree'] : undefined;
};

function refuseOtherTypes(operator: string, { name, category }: TypeModel): void {
  const types = typesOf(operator);
  if (!types || types.includes(name) || (category === 'S' && types.includes('text'))) return;
  const wanted = types.map(type => `"${type}"`).join('/');
  throw new ModelFault(` is of type "${name}"; this operator works only on columns of type ${wanted}`);
}

function equals(operand: Operand, value: Json): BoolExp {
  if (value === null) return { kind: 'is-null', operand, negated: false };
  return { kind: 'compare', left: operand, operator: 'eq', right: valueParam(value, operand.type) };
}

// Unlike a client's `_neq`, a permission's lets a null pass: null is not that value.
function differs(operand: Operand, value: Json): BoolExp {
  if (value === null) return { kind: 'is-null', operand, negated: true };
  return { kind: 'compare', left: operand, operator: 'distinct', right: valueParam(value, operand.type) };
}

const compareWith =
  (operator: Operator, typeOf: (type: TypeModel) => TypeModel = type => type): Comparison =>
  (left, value) => ({ kind: 'compare', left, operator, right: valueParam(value, typeOf(left.type)) });

const compareWithList =
  (operator: Operator, elementOf: (type: TypeModel) => TypeModel = type => type): Comparison =>
  (left, value) => ({ kind: 'compare', left, operator, right: listParam(value, elementOf(left.type)) });

/** Against another column: of the same row, or (`["$", "column"]`) of the table whose permission this is. */
const compareColumns =
  (operator: Operator): Comparison =>
  (left, value, columns) => ({ kind: 'compare', left, operator, right: columnOf(value, columns) });

function columnOf(value: Json, columns: Columns): Value {
  if (typeof value === 'string') return columnIn('self', value, columns);
  const [first, second] = Array.isArray(value) ? value : [];
  if (typeof first === 'string' && second === undefined) return columnIn('self', first, columns);
  if (first === '$' && typeof second === 'string') return columnIn('root', second, columns);
  throw new ModelFault('expected a column name, or "$" and a column name');
}

function columnIn(scope: keyof Columns, column: string, { [scope]: table }: Columns): Value {
  return table.columns.has(column) ? { kind: 'column-of', scope, column } : refuse(column, table);
}

const isNull: Comparison = (operand, value) => ({
  kind: 'is-null',
  operand,
  negated: value === false || value === 'false',
});

const cast: Comparison = (operand, value, columns) => {
  if (!isJsonObject(value)) throw new ModelFault('expecting an object for "_cast"');
  const parts = Object.entries(value).map(([name, inner]) =>
    parseComparison({ kind: 'cast', operand, type: castTarget(name, operand.type) }, inner, columns),
  );
  return and(...parts);
};

function castTarget(name: string, from: TypeModel): TypeModel {
  if (name === 'String' || name === 'text') return pgTypes.text;
  if (name === 'geometry' || name === 'geography') return { ...from, name };
  throw new ModelFault(`cannot cast column of type "${from.name}" to type "${name}"`);
}

const within =
  (operator: Operator): Comparison =>
  (left, value) => {
    if (!isJsonObject(value)) throw new ModelFault('expecting an object with "distance" and "from"');
    const { distance = null, from = null, use_spheroid: spheroid = true } = value as JsonObject;
    const rest = [valueParam(distance, pgTypes.float8)];
    const all = left.type.name === 'geography' ? [...rest, valueParam(spheroid, pgTypes.bool)] : rest;
    return { kind: 'compare', left, operator, right: valueParam(from, left.type), rest: all };
  };

/** A raster against a shape, in one band of it or in any. */
const meets =
  (operator: Operator): Comparison =>
  (left, value) => {
    if (!isJsonObject(value)) throw new ModelFault('expecting an object with "geommin" and "nband"');
    const { geommin = null, nband = null } = value as JsonObject;
    const rest = nband === null ? [] : [valueParam(nband, pgTypes.int4)];
    return {
      kind: 'compare',
      left,
      operator,
      right: valueParam(geommin, named('geometry')(left.type)),
      rest,
    };
  };

const named =
  (name: string) =>
  (type: TypeModel): TypeModel => ({ ...type, name });
const text = () => pgTypes.text;

const either =
  (list: Comparison, negated: boolean): Comparison =>
  (operand, value, columns) => {
    if (operand.type.kind !== 'array' || !Array.isArray(value)) return list(operand, value, columns);
    const any = or(...value.map(one => equals(operand, one)));
    return negated ? not(any) : any;
  };

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: equals,
  ne: differs,
  neq: differs,
  gt: compareWith('gt'),
  lt: compareWith('lt'),
  gte: compareWith('gte'),
  lte: compareWith('lte'),
  in: either(compareWithList('in'), false),
  nin: either(compareWithList('nin'), true),
  like: compareWith('like'),
  nlike: compareWith('nlike'),
  ilike: compareWith('ilike'),
  nilike: compareWith('nilike'),
  similar: compareWith('similar'),
  nsimilar: compareWith('nsimilar'),
  regex: compareWith('regex'),
  nregex: compareWith('nregex'),
  iregex: compareWith('iregex'),
  niregex: compareWith('niregex'),
  is_null: isNull,
  ceq: compareColumns('eq'),
  cne: compareColumns('ne'),
  cneq: compareColumns('ne'),
  cgt: compareColumns('gt'),
  clt: compareColumns('lt'),
  cgte: compareColumns('gte'),
  clte: compareColumns('lte'),
  cast,
  contains: compareWith('contains'),
  contained_in: compareWith('contained-in'),
  has_key: compareWith('has-key', text),
  has_keys_any: compareWithList('has-keys-any', text),
  has_keys_all: compareWithList('has-keys-all', text),
  jsonb_path_exists: compareWith('json-path-exists', named('jsonpath')),
  jsonb_path_match: compareWith('json-path-match', named('jsonpath')),
  ancestor: compareWith('ancestor'),
  ancestor_any: compareWithList('ancestor-any'),
  descendant: compareWith('descendant'),
  descendant_any: compareWithList('descendant-any'),
  matches: compareWith('matches', named('lquery')),
  matches_any: compareWithList('matches-any', named('lquery')),
  matches_fulltext: compareWith('matches-fulltext', named('ltxtquery')),
  st_contains: compareWith('st-contains'),
  st_crosses: compareWith('st-crosses'),
  st_equals: compareWith('st-equals'),
  st_intersects: compareWith('st-intersects'),
  st_3d_intersects: compareWith('st-3d-intersects'),
  st_overlaps: compareWith('st-overlaps'),
  st_touches: compareWith('st-touches'),
  st_within: compareWith('st-within'),
  st_d_within: within('st-d-within'),
  st_3d_d_within: within('st-3d-d-within'),
  st_intersects_rast: compareWith('st-intersects-rast'),
  st_intersects_geom_nband: meets('st-intersects-geom-nband'),
  st_intersects_nband_geom: meets('st-intersects-nband-geom'),
};

/** A constant, or a session variable that is cast to the type. */
function valueParam(value: Json, type: TypeModel): Param {
  const session = sessionName(value);
  if (session !== undefined) return paramOf({ from: 'session', name: session }, type, encodeAny, '$');
  const { encode } = value === null ? { encode: encodeAny } : codecOf(type);
  refuseUnreadable(value, encode);
  return paramOf({ from: 'constant', value }, type, encode, '$');
}

/** A constant that no row can hold is a mistake of whoever wrote the permission, not of whoever asks. */
function refuseUnreadable(value: Json, encode: Encode): void {
  try {
    encode(value, '$');
  } catch (error) {
    throw error instanceof EngineError ? new ModelFault(error.message) : error;
  }
}

/** A list of values, or one session variable that holds a Postgres array literal. */
function listParam(value: Json, element: TypeModel): Param {
  const type = pgTypes.arrayOf(element);
  const session = sessionName(value);
  if (session !== undefined) return paramOf({ from: 'session', name: session }, type, encodeAny, '$');
  const items = (Array.isArray(value) ? value : [value]).map(item => sourceOf(item, codecOf(element).encode));
  return paramOf({ from: 'list', items }, type, encodeList, '$');
}

const encodeList = encodeMembers(encodeAny);

function sourceOf(value: Json, encode: Encode) {
  const session = sessionName(value);
  if (session === undefined && value !== null) refuseUnreadable(value, encode);
  return session === undefined
    ? ({ from: 'constant', value } as const)
    : ({ from: 'session', name: session } as const);
}

function sessionName(value: Json): string | undefined {
  return typeof value === 'string' && isSessionVariable(value) ? value.toLowerCase() : undefined;
}
