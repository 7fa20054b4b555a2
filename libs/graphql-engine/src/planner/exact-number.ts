/** A number that a double would change: kept as it was written. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** A number of the document rather than of a variable: errors tell a whole one from one with a fraction. */
export class NumberLiteral extends ExactNumber {}

/** A bare word of the document: text for most types, but no string. */
export class EnumLiteral {
  constructor(readonly name: string) {}

  toString(): string {
    return this.name;
  }
}

/** A value as JSON text with all the digits of its numbers. `undefined` is null. */
export function jsonText(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof EnumLiteral) return JSON.stringify(value.name);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${jsonText(one)}`);
  return `{${members.join(',')}}`;
}

/** JSON that Postgres has built: it passes through as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** An answer as JSON text, like `JSON.stringify`, but with all the digits of its numbers. */
export function answerText(value: unknown): string {
  if (value instanceof JsonText || value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(answerText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => `${JSON.stringify(name)}:${answerText(one)}`);
  return `{${members.join(',')}}`;
}
