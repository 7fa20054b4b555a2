import type { TypeModel } from '../../model';

const base = (name: string, category: string): TypeModel => ({
  schema: 'pg_catalog',
  name,
  kind: 'base',
  category,
});

/** Types that the engine itself asks for. */
export const text = base('text', 'S');
export const int4 = base('int4', 'N');
export const int8 = base('int8', 'N');
export const float8 = base('float8', 'N');
export const numeric = base('numeric', 'N');
export const float4 = base('float4', 'N');
export const bool = base('bool', 'B');
export const json = base('json', 'U');
export const jsonb = base('jsonb', 'U');

/** The array type of an element type. */
export function arrayOf(element: TypeModel): TypeModel {
  return { schema: element.schema, name: `_${element.name}`, kind: 'array', category: 'A', of: element };
}

export const textArray = arrayOf(text);
