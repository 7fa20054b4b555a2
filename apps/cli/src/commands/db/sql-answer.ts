import { Client, DatabaseError, type QueryArrayResult } from 'pg';
import { printError, print } from '../../output/terminal';
import type { SqlWork } from './psql-options';

/**
 * Runs SQL and prints it as `psql -At` does: one line for each row, columns joined by `|`, null as nothing, values in
 * Postgres's own spelling. Each text is one transaction unless it says otherwise itself.
 *
 * @returns 1 after the first error, which is printed.
 */
export async function answerSql(url: string, { texts, quiet }: SqlWork): Promise<number> {
  const client = new Client({ connectionString: url, types: { getTypeParser: () => asWritten } });
  client.on('notice', ({ severity, message }) => printError(`${severity}:  ${message}`));
  await client.connect();
  try {
    for (const text of texts) {
      const answer: unknown = await client.query({ text, rowMode: 'array' });
      for (const result of [answer].flat() as QueryArrayResult<(string | null)[]>[]) show(result, quiet);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    printError(`${error.severity}:  ${error.message}`);
    return 1;
  } finally {
    await client.end();
  }
}

function show(
  { fields, rows, command, rowCount }: QueryArrayResult<(string | null)[]>,
  quiet: boolean,
): void {
  if (fields.length > 0) for (const row of rows) print(row.map(value => value ?? '').join('|'));
  else if (!quiet && command) print(tag(command, rowCount));
}

function tag(command: string, rowCount: number | null): string {
  if (command === 'INSERT') return `INSERT 0 ${rowCount}`;
  return rowCount === null ? command : `${command} ${rowCount}`;
}

function asWritten(value: string): string {
  return value;
}
