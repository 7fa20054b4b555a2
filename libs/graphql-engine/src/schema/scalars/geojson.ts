import { EngineError } from '../../executor';
import type { Encode } from '../../ir';
import { invalid, jsonKind, jsonText, type JsonKind } from '../../planner';

/**
 * GeoJSON (RFC 7946) as Hasura reads it: shapes that can be none are refused in its words before PostGIS sees them.
 * What lies beyond — whether a ring crosses itself, whether a column takes this kind of shape — is PostGIS's to judge,
 * and so is a string, which may hold GeoJSON as text.
 */
export function encodeShape(typeName: string): Encode {
  return (value, path) => {
    if (value === null) throw invalid(path, `unexpected null value for type '${typeName}'`);
    if (jsonKind(value) === 'String') return String(value);
    checkShape(value, path);
    return jsonText(value);
  };
}

/** A raster travels as its well-known binary form, in hexadecimal digits. */
export const encodeRaster: Encode = (value, path) => {
  if (value === null) throw invalid(path, "unexpected null value for type 'raster'");
  if (jsonKind(value) !== 'String') throw refused(path, 'expecting String for raster');
  const text = String(value);
  if (/^([0-9a-f]{2})*$/i.test(text)) return text;
  throw refused(path, 'invalid hexadecimal representation of raster well known binary format');
};

type Check = (value: unknown, path: string) => void;

const kindOf =
  (name: string, expected: JsonKind): Check =>
  (value, path) => {
    const found = jsonKind(value);
    if (found === expected) return;
    throw refused(path, `parsing ${name} failed, expected ${expected}, but encountered ${found}`);
  };

/** A list whose members are checked first, and then the whole. */
function listOf(
  name: string,
  member: Check,
  faultOf: (list: readonly unknown[]) => string | undefined,
): Check {
  const isList = kindOf(name, 'Array');
  return (value, path) => {
    isList(value, path);
    const list = value as readonly unknown[];
    for (const one of list) member(one, path);
    const fault = faultOf(list);
    if (fault !== undefined) throw refused(path, fault);
  };
}

const many = (member: Check): Check => listOf('[]', member, () => undefined);

const position = listOf('Position', kindOf('Double', 'Number'), ({ length }) =>
  length < 2 ? 'A Position needs at least 2 elements' : undefined,
);

const line = listOf('LineString', position, ({ length }) =>
  length < 2 ? 'A LineString needs at least 2 Positions' : undefined,
);

const ring = listOf('LinearRing', position, list => {
  if (list.length < 4) return 'A LinearRing needs at least 4 Positions';
  const closed = placeOf(list.at(0)) === placeOf(list.at(-1));
  return closed ? undefined : 'the first and last locations have to be equal for a LinearRing';
});

// A position ends after its height; whatever follows is ignored, by PostGIS as well.
const placeOf = (one: unknown): string => (one as readonly unknown[]).slice(0, 3).map(Number).join();

const shapes = new Map<string, readonly [member: string, check: Check]>([
  ['Point', ['coordinates', position]],
  ['MultiPoint', ['coordinates', many(position)]],
  ['LineString', ['coordinates', line]],
  ['MultiLineString', ['coordinates', many(line)]],
  ['Polygon', ['coordinates', many(ring)]],
  ['MultiPolygon', ['coordinates', many(many(ring))]],
  ['GeometryCollection', ['geometries', many(checkShape)]],
]);

const isObject = kindOf('Geometry', 'Object');
const isText = kindOf('String', 'String');

function checkShape(value: unknown, path: string): void {
  isObject(value, path);
  const type = memberOf(value, 'type', path);
  isText(type, path);
  const [member, check] = shapes.get(String(type)) ?? [];
  if (!member || !check) throw refused(path, `unexpected geometry type: ${String(type)}`);
  check(memberOf(value, member, path), path);
}

function memberOf(value: unknown, name: string, path: string): unknown {
  const members = value as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(members, name)) throw refused(path, `key "${name}" not found`);
  return members[name];
}

const refused = (path: string, message: string) => new EngineError('parse-failed', message, { path });
