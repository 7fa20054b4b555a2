import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** The cases of a table, each with a line of text that names it in the test's report. */
export function casesOf<T>(table: string): [title: string, given: T][] {
  const cases = parse(readFileSync(join(__dirname, `${table}.yaml`), 'utf8')) as T[];
  return cases.map(given => [stringify(given, { collectionStyle: 'flow', lineWidth: 0 }).trim(), given]);
}
