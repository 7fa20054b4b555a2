import type { Json, Metadata } from '@nself/hasura-metadata';
import { parseMetadata } from '@nself/hasura-metadata';
import { contextStatement } from '@nself/tenancy';
import { Client } from 'pg';
import { Engine } from '../../libs/graphql-engine/src/engine';
import {
  EngineError,
  sessionOf,
  type GroupOutcome,
  type QueryRunner,
  type StatementGroup,
} from '../../libs/graphql-engine/src/executor';
import { declared, modelOf } from '../rules/served';
import type { FilledFamily } from './isolation-world';

export const roles = [
  'owner',
  'admin_member',
  'adult',
  'youth',
  'child',
  'device',
  'user',
  'anonymous',
] as const;
export type Role = (typeof roles)[number];

type Table = Metadata['sources'][number]['tables'][number];

/** What came of a request: its data, or the code of the error that answered it. */
export type Outcome =
  | { readonly data: Record<string, unknown> }
  /** `state` is the SQLSTATE, where it was the database that refused. */
  | { readonly refused: string; readonly state: string | undefined };

/** An engine over one connection that keeps nothing: every request is rolled back. */
export class ForgetfulEngine {
  private constructor(
    private readonly engine: Engine,
    private readonly client: Client,
    private readonly runner: ForgetfulRunner,
  ) {}

  /** @param url as which login requests run: nself_app under row security, or the superuser past it */
  static async open(url: string, metadata: Metadata): Promise<ForgetfulEngine> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const runner = new ForgetfulRunner(client);
    const engine = new Engine({ runner, allowListOn: false });
    engine.serve({ model: await modelOf(client, metadata), metadata });
    return new ForgetfulEngine(engine, client, runner);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async ask(
    family: FilledFamily,
    role: Role,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Outcome> {
    this.runner.state = undefined;
    try {
      const { body } = await this.engine.execute({ query, variables }, sessionFor(family, role));
      return JSON.parse(Buffer.concat([...body]).toString()) as Outcome;
    } catch (error) {
      if (error instanceof EngineError) return { refused: error.code, state: this.runner.state };
      throw error;
    }
  }
}

function sessionFor({ id, me }: FilledFamily, role: Role) {
  const person: Record<string, string> =
    role === 'device' || role === 'anonymous' ? {} : { 'x-hasura-user-id': me };
  return sessionOf(role, { ...person, ...(role === 'anonymous' ? {} : { 'x-hasura-family-id': id }) });
}

class ForgetfulRunner implements QueryRunner {
  /** SQLSTATE of the last refusal. */
  state: string | undefined;

  constructor(private readonly client: Client) {}

  async run({ session, statements }: StatementGroup): Promise<GroupOutcome> {
    let at = 0;
    const context = contextStatement({
      familyId: session['x-hasura-family-id'] ?? null,
      userId: session['x-hasura-user-id'] ?? null,
      role: session['x-hasura-role'] ?? 'anonymous',
      traceId: 'test',
      session,
    });
    try {
      await this.client.query('begin');
      await this.client.query(context.text, [...context.values]);
      const rows: Buffer[][] = [];
      for (at = 0; at < statements.length; at++) {
        const { text, values } = statements[at]!;
        const answer = await this.client.query<unknown[]>({ text, values: [...values], rowMode: 'array' });
        rows.push((answer.rows[0] ?? []).map(field => Buffer.from(String(field))));
      }
      return { rows };
    } catch (error) {
      this.state = (error as { code?: string }).code;
      return { error, at };
    } finally {
      await this.client.query('rollback');
    }
  }

  runEach(groups: readonly StatementGroup[]): Promise<GroupOutcome[]> {
    return Promise.all(groups.map(group => this.run(group)));
  }

  transaction(): never {
    throw new Error('not part of the isolation test');
  }

  listen(): never {
    throw new Error('not part of the isolation test');
  }
}

/** The declared API with its permissions as they are. */
export const walled = declared;

/**
 * The declared API with every permission opened wide: each role may read, write and aggregate everything of each table
 * on which anybody may do anything. Then row level security is all that stands.
 */
export function opened(): Metadata {
  const metadata = declared();
  const open = (table: Table): Table => ({
    ...table,
    select_permissions: each(table.select_permissions, permission => ({
      ...permission,
      // Of accounts the login itself may read some columns only.
      columns: (table.table as { schema: string }).schema === 'auth' ? permission.columns : '*',
      filter: {},
      allow_aggregations: true,
    })),
    insert_permissions: each(table.insert_permissions, () => ({ columns: '*', check: {} })),
    // Columns that the database itself does not let the login write would only hide what the wall does.
    update_permissions: each(table.update_permissions, ({ columns }) => ({ columns, filter: {}, check: {} })),
    delete_permissions: each(table.delete_permissions, () => ({ filter: {} })),
  });
  const sources = metadata.sources.map(source => ({ ...source, tables: source.tables.map(open) }));
  return parseMetadata({ ...metadata, sources } as unknown as Json);
}

function each<P extends { role: string; permission: object }>(
  given: readonly P[] | undefined,
  wide: (permission: P['permission']) => object,
) {
  const [first] = given ?? [];
  return (first ? roles.map(role => ({ role, permission: wide(first.permission) })) : []) as unknown as P[];
}
