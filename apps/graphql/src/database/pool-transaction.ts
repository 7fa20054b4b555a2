import type { ScriptRows, Transaction } from '@nself/graphql-engine';
import type { PoolClient, QueryArrayResult } from 'pg';

/** Values as Postgres wrote them: no parser may round or rename anything. */
const asText = { getTypeParser: () => (value: unknown) => value };

/** Statements of one transaction on a connection of the pool. */
export class PoolTransaction implements Transaction {
  constructor(private readonly client: PoolClient) {}

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.client.query<Row>(text, [...values])).rows;
  }

  async script(text: string): Promise<ScriptRows | undefined> {
    const answered: unknown = await this.client.query({ text, rowMode: 'array', types: asText });
    const results: readonly QueryArrayResult<(string | null)[]>[] = Array.isArray(answered)
      ? answered
      : [answered];
    const last = results.findLast(({ fields }) => fields.length > 0);
    return last && { columns: last.fields.map(({ name }) => name), rows: last.rows };
  }
}
