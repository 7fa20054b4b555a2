/** A number that a double would change: kept as it was written. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** A value as JSON text with all the digits of its numbers. `undefined` is null. */
export function jsonText(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${jsonText(one)}`);
  return `{${members.join(',')}}`;
}
