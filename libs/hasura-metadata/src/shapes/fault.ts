/** Where in a document: `$.sources[0].tables[3].table`. */
export type Path = readonly (string | number)[];

/** Printed as Hasura prints it: plain keys with a dot, numbers and other keys in brackets. */
export function printPath(path: Path): string {
  const step = (part: string | number) => {
    if (typeof part === 'number') return `[${part}]`;
    return /^[A-Za-z_][\w$]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  };
  return `$${path.map(step).join('')}`;
}

/** A document that does not have the shape that Hasura's metadata has. Code and words are Hasura's. */
export class MetadataFault extends Error {
  readonly code = 'parse-failed';
  readonly path: string;

  constructor(path: Path, message: string) {
    super(message);
    this.name = 'MetadataFault';
    this.path = printPath(path);
  }
}
