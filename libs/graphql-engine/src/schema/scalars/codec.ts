import type { Encode } from '../../ir';
import type { TypeModel } from '../../model';
import {
  encodeArray,
  encodeBoolean,
  encodeFloating,
  encodeInteger,
  encodeJson,
  encodeLabelPath,
  encodeMembers,
  encodeText,
} from './encode';
import { encodeRaster, encodeShape } from './geojson';

/** How the values of a Postgres type travel. */
export interface Codec {
  /** Name of its scalar; of an array, of its element. */
  readonly graphqlName: string;
  readonly encode: Encode;
  /** For a list of such values as one parameter. */
  readonly encodeMembers: Encode;
}

/** GraphQL's own scalars, and those that Hasura names otherwise; every other type has a scalar of its Postgres name. */
const builtIn: Record<string, readonly [name: string, encode: Encode]> = {
  int2: ['smallint', encodeInteger('smallint', 'PGSmallInt', 16)],
  int4: ['Int', encodeInteger('Int', 'PGInteger', 32)],
  int8: ['bigint', encodeInteger('bigint', 'PGBigInt', 64)],
  float4: ['Float', encodeFloating('Float', 'PGFloat', Math.fround)],
  float8: ['float8', encodeFloating('float8', 'PGDouble', Number)],
  bool: ['Boolean', encodeBoolean],
  text: ['String', encodeText('String')],
  varchar: ['String', encodeText('String')],
  json: ['json', encodeJson],
  jsonb: ['jsonb', encodeJson],
};

/** Types of extensions, which may lie in any schema. */
const fromExtensions = new Map<string, Encode>([
  ['ltree', encodeLabelPath],
  ['geometry', encodeShape('geometry')],
  ['geography', encodeShape('geography')],
  ['raster', encodeRaster],
]);

const codecs = new Map<string, Codec>();

export function codecOf(type: TypeModel): Codec {
  const key = `${type.schema}.${type.name}`;
  const known = codecs.get(key);
  if (known) return known;
  const made = makeCodec(type);
  codecs.set(key, made);
  return made;
}

function makeCodec(type: TypeModel): Codec {
  if (type.kind === 'array' && type.of) {
    const [graphqlName] = scalarOf(type.of);
    const encode = encodeArray({ typeName: graphqlName, encode: codecOf(type.of).encode });
    return { graphqlName, encode, encodeMembers: encodeMembers(encode) };
  }
  const [name, encode] = scalarOf(type);
  // The row type of a table is called like the table, whose object type has that name. Hasura does so for composite
  // types by themselves only, not for lists of them.
  const graphqlName = type.kind === 'composite' ? `${name}_scalar` : name;
  return { graphqlName, encode, encodeMembers: encodeMembers(encode) };
}

function scalarOf(type: TypeModel): readonly [string, Encode] {
  const own = type.schema === 'pg_catalog' ? builtIn[type.name] : undefined;
  if (own) return own;
  const name = graphqlNameOf(type.name);
  return [name, fromExtensions.get(name) ?? encodeText(name)];
}

/** A type's name as GraphQL can say it. */
function graphqlNameOf(name: string): string {
  const safe = name.replace(/[^_0-9A-Za-z]/g, '_');
  return /^[0-9]/.test(safe) ? `_${safe}` : safe;
}
