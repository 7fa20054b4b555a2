import { parseMetadata, type Json } from '@nself/hasura-metadata';
import { readCatalogue } from '@nself/pg-catalog';
import { parse } from 'graphql';
import { Client } from 'pg';
import { emptyDatabase } from '../../../../test/support';
import { Engine, LocalRateCounter, RateLimit } from '../engine';
import {
  EngineError,
  sessionOf,
  type GroupOutcome,
  type QueryRunner,
  type Session,
  type StatementGroup,
} from '../executor';
import { buildModel, readEnums, servedSource, type EngineOptions, type Model } from '../model';
import { parseBoolExp } from '../permissions';
import { plan } from '../planner';
import { buildRoleSchema } from '../schema';

/** A database of its own, and an engine that serves it with the given metadata. */
export interface World {
  readonly model: Model;
  readonly engine: Engine;
  readonly client: Client;
  /** The JSON answer, or the error that the client is told. */
  ask(who: string | Session, query: string, variables?: Record<string, unknown>): Promise<unknown>;
  /** The same as the JSON text that a client gets. */
  say(who: string | Session, query: string, variables?: Record<string, unknown>): Promise<string>;
  /** The statements that a request becomes, in order. */
  statements(who: string | Session, query: string, variables?: Record<string, unknown>): string[];
  drop(): Promise<void>;
}

export interface WorldOptions {
  /** SQL that makes tables and rows. */
  readonly schema: string;
  /** `tables` (and `functions`) of the source, as metadata writes them. */
  readonly source: {
    readonly tables: readonly object[];
    readonly functions?: readonly object[];
    readonly customization?: object;
  };
  readonly inheritedRoles?: readonly object[];
  /** Limits of depth, nodes, rate and time, as metadata writes them. */
  readonly apiLimits?: object;
  /** Inconsistencies that are part of the setting; any other one is a mistake in it. */
  readonly tolerate?: RegExp;
  readonly options?: Partial<EngineOptions>;
  /** A Postgres role that every request works as; the owner of the database without it. */
  readonly login?: string;
}

const defaults: EngineOptions = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: true,
  nullsAreTrue: false,
  relay: false,
};

export async function world(given: WorldOptions): Promise<World> {
  const database = await emptyDatabase();
  const client = new Client({ connectionString: database.ownerUrl });
  const drop = async (): Promise<void> => {
    await client.end();
    await database.drop();
  };
  try {
    return { ...(await open(client, given)), drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function open(client: Client, given: WorldOptions): Promise<Omit<World, 'drop'>> {
  const { schema, source, inheritedRoles = [], options = {}, login, tolerate, apiLimits = {} } = given;
  await client.connect();
  await client.query(schema);
  const model = await modelOf(client, source, inheritedRoles, options);
  const faults = model.inconsistencies.map(({ reason }) => reason).filter(reason => !tolerate?.test(reason));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const engine = new Engine({ runner: runnerOn(client, login), allowListOn: false });
  engine.serve({
    model,
    metadata: parseMetadata({
      version: 3,
      sources: [],
      inherited_roles: inheritedRoles,
      api_limits: apiLimits,
    } as Json),
  });
  const door = { engine, rates: new RateLimit(new LocalRateCounter(), () => 0) };
  return {
    model,
    engine,
    client,
    ask: async (who, query, variables = {}) =>
      JSON.parse(await say(door, sessionFor(who), query, variables)) as unknown,
    say: (who, query, variables = {}) => say(door, sessionFor(who), query, variables),
    statements: (who, query, variables = {}) => statements(model, sessionFor(who), query, variables),
  };
}

async function modelOf(
  client: Client,
  source: WorldOptions['source'],
  roles: readonly object[],
  options: Partial<EngineOptions>,
) {
  const configuration = { connection_info: { database_url: '' } };
  const metadata = parseMetadata({
    version: 3,
    sources: [{ name: 'default', kind: 'postgres', configuration, ...source }],
    inherited_roles: roles,
  } as unknown as Json);
  const catalogue = await readCatalogue(client);
  const enums = await readEnums(client, catalogue, servedSource(metadata)?.tables ?? []);
  return buildModel({
    catalogue,
    metadata,
    enums,
    options: { ...defaults, ...options },
    readFilter: parseBoolExp,
  });
}

/** An engine and who may ask it how often, in a minute that never ends. */
interface Door {
  readonly engine: Engine;
  readonly rates: RateLimit;
}

async function say(
  { engine, rates }: Door,
  session: Session,
  query: string,
  variables: Record<string, unknown>,
): Promise<string> {
  try {
    await rates.admit(engine.limits, session, { address: '127.0.0.1' });
    const { body } = await engine.execute({ query, variables }, session);
    return Buffer.concat([...body]).toString();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, message, path } = error;
    return JSON.stringify({ error: message, code, path });
  }
}

function statements(
  model: Model,
  session: Session,
  query: string,
  variables: Record<string, unknown>,
): string[] {
  const schema = buildRoleSchema(model, session.role, { backend: session.backend, relay: false });
  return plan(schema, parse(query), null, variables).roots.flatMap(root =>
    root.kind === 'constant' ? [] : [...(root.before ?? []), root.statement].map(({ text }) => text),
  );
}

const sessionFor = (who: string | Session): Session => (typeof who === 'string' ? sessionOf(who, {}) : who);

/** The plainest runner there is: one transaction per group, one statement after the other. */
function runnerOn(client: Client, login: string | undefined): QueryRunner {
  const run = async ({ session, statements: calls }: StatementGroup): Promise<GroupOutcome> => {
    let at: number | undefined;
    try {
      await client.query('begin');
      if (login) await client.query(`set local role ${login}`);
      await client.query(`select set_config('hasura.user', $1, true)`, [JSON.stringify(session)]);
      const rows: Buffer[][] = [];
      for (at = 0; at < calls.length; at++) {
        const { text, values = [] } = calls[at] ?? { text: '' };
        const answer = await client.query<unknown[]>({ text, values: [...values], rowMode: 'array' });
        rows.push((answer.rows[0] ?? []).map(field => Buffer.from(String(field))));
      }
      at = undefined;
      await client.query('commit');
      return { rows };
    } catch (error) {
      await client.query('rollback');
      return at === undefined ? { error } : { error, at };
    }
  };
  const unused = (): never => {
    throw new Error('not part of this fixture');
  };
  return { run, runEach: unused, transaction: unused, listen: unused };
}
