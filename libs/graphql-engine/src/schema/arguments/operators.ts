import type { Operator } from '../../ir';
import type { TypeModel } from '../../model';

/** What the right side of an operator is, seen from the column's type. */
export type RightSide = 'same' | 'list' | 'text' | 'texts' | 'jsonpath' | 'lquery' | 'lqueries' | 'ltxtquery';

export interface OperatorSpec {
  readonly field: string;
  readonly operator: Operator;
  readonly right: RightSide;
  readonly description?: string;
}

const spec = (
  field: string,
  operator: Operator,
  description?: string,
  right: RightSide = 'same',
): OperatorSpec => ({
  field,
  operator,
  right,
  ...(description !== undefined && { description }),
});

export const equality: readonly OperatorSpec[] = [
  spec('_eq', 'eq'),
  spec('_neq', 'ne'),
  spec('_in', 'in', undefined, 'list'),
  spec('_nin', 'nin', undefined, 'list'),
];

const order: readonly OperatorSpec[] = [
  spec('_gt', 'gt'),
  spec('_lt', 'lt'),
  spec('_gte', 'gte'),
  spec('_lte', 'lte'),
];

const textual: readonly OperatorSpec[] = [
  spec('_like', 'like', 'does the column match the given pattern'),
  spec('_nlike', 'nlike', 'does the column NOT match the given pattern'),
  spec('_ilike', 'ilike', 'does the column match the given case-insensitive pattern'),
  spec('_nilike', 'nilike', 'does the column NOT match the given case-insensitive pattern'),
  spec('_similar', 'similar', 'does the column match the given SQL regular expression'),
  spec('_nsimilar', 'nsimilar', 'does the column NOT match the given SQL regular expression'),
  spec('_regex', 'regex', 'does the column match the given POSIX regular expression, case sensitive'),
  spec('_iregex', 'iregex', 'does the column match the given POSIX regular expression, case insensitive'),
  spec('_nregex', 'nregex', 'does the column NOT match the given POSIX regular expression, case sensitive'),
  spec(
    '_niregex',
    'niregex',
    'does the column NOT match the given POSIX regular expression, case insensitive',
  ),
];

const json: readonly OperatorSpec[] = [
  spec('_contains', 'contains', 'does the column contain the given json value at the top level'),
  spec('_contained_in', 'contained-in', 'is the column contained in the given json value'),
  spec('_has_key', 'has-key', 'does the string exist as a top-level key in the column', 'text'),
  spec(
    '_has_keys_any',
    'has-keys-any',
    'do any of these strings exist as top-level keys in the column',
    'texts',
  ),
  spec(
    '_has_keys_all',
    'has-keys-all',
    'do all of these strings exist as top-level keys in the column',
    'texts',
  ),
  spec(
    '_jsonb_path_exists',
    'json-path-exists',
    'does the JSON path return any item for the column',
    'jsonpath',
  ),
  spec(
    '_jsonb_path_match',
    'json-path-match',
    'is the predicate of the JSON path true for the column',
    'jsonpath',
  ),
];

const array: readonly OperatorSpec[] = [
  spec('_contains', 'contains', 'does the array contain the given value'),
  spec('_contained_in', 'contained-in', 'is the array contained in the given array value'),
];

const labelPath: readonly OperatorSpec[] = [
  spec('_ancestor', 'ancestor', 'is the left argument an ancestor of right (or equal)?'),
  spec('_ancestor_any', 'ancestor-any', 'does array contain an ancestor of `ltree`?', 'list'),
  spec('_descendant', 'descendant', 'is the left argument a descendant of right (or equal)?'),
  spec('_descendant_any', 'descendant-any', 'does array contain a descendant of `ltree`?', 'list'),
  spec('_matches', 'matches', 'does `ltree` match `lquery`?', 'lquery'),
  spec('_matches_any', 'matches-any', 'does `ltree` match any `lquery` in array?', 'lqueries'),
  spec('_matches_fulltext', 'matches-fulltext', 'does `ltree` match `ltxtquery`?', 'ltxtquery'),
];

const bothSpatial: readonly OperatorSpec[] = [
  spec('_st_intersects', 'st-intersects', 'does the column spatially intersect the given geometry value'),
];

const geometry: readonly OperatorSpec[] = [
  ...bothSpatial,
  spec('_st_contains', 'st-contains', 'does the column contain the given geometry value'),
  spec('_st_crosses', 'st-crosses', 'does the column cross the given geometry value'),
  spec('_st_equals', 'st-equals', 'is the column equal to given geometry value (directionality is ignored)'),
  spec(
    '_st_3d_intersects',
    'st-3d-intersects',
    'does the column spatially intersect the given geometry value in 3D',
  ),
  spec(
    '_st_overlaps',
    'st-overlaps',
    "does the column 'spatially overlap' (intersect but not completely contain) the given geometry value",
  ),
  spec(
    '_st_touches',
    'st-touches',
    'does the column have atleast one point in common with the given geometry value',
  ),
  spec('_st_within', 'st-within', 'is the column contained in the given geometry value'),
];

const special: Record<string, readonly OperatorSpec[]> = {
  text: textual,
  varchar: textual,
  bpchar: textual,
  citext: textual,
  jsonb: json,
  ltree: labelPath,
  geometry,
  geography: bothSpatial,
};

/** Every operator that compares a column of a type with a value; `_is_null` and `_cast` are not among them. */
export function operatorsOf(type: TypeModel): readonly OperatorSpec[] {
  const own = type.kind === 'array' ? array : (special[type.name] ?? []);
  return [...equality, ...order, ...own];
}
