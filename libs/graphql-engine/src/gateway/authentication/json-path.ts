/** Reads `$.a.b[0]['c d']`, the small part of JSONPath that Hasura's JWT settings use; undefined where nothing is. */
export function readPath(root: unknown, path: string): unknown {
  let value: unknown = root;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\[(['"])(.*?)\3\]/gy;

/** The steps of a path; throws when it is not one, so that wrong settings are told at start. */
export function stepsOf(path: string): readonly string[] {
  const rest = path.startsWith('$') ? path.slice(1) : `.${path}`;
  const steps: string[] = [];
  let end = 0;
  for (const match of rest.matchAll(STEP)) {
    steps.push(match[1] ?? match[2] ?? match[4] ?? '');
    end = match.index + match[0].length;
  }
  if (end !== rest.length) throw new SyntaxError(`Not a path: ${path}`);
  return steps;
}
