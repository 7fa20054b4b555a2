/** A part of a JSON document. */
export type Tree = Record<string, unknown>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an OpenAPI file says to people, and what it says of requests: answers are judged without it. */
const WORDS = [
  'description',
  'summary',
  'example',
  'examples',
  'title',
  'tags',
  'security',
  'parameters',
  'requestBody',
];

/** The operations and the shapes of their answers, as plain facts: an OpenAPI file without its sentences. */
export function distil(document: Tree): Tree {
  const { paths, components } = document as { paths: Tree; components: Tree };
  const { schemas, responses } = components;
  return { paths: bare(paths), components: bare({ schemas, ...(responses !== undefined && { responses }) }) };
}

/** Words are dropped everywhere but among names: a property may be called `description`. */
function bare(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map(each => bare(each));
  if (!isTree(value)) return value;
  const kept = Object.entries(value).filter(
    ([key]) => names || !(WORDS.includes(key) || key.startsWith('x-')),
  );
  return Object.fromEntries(
    kept.map(([key, each]) => [
      key,
      bare(each, !names && ['properties', 'schemas', 'responses'].includes(key)),
    ]),
  );
}
