import { statementsOf, type Engine, type Prepared } from '../../engine';
import { EngineError, fromDatabase, sessionOf, type Session } from '../../executor';
import { valuesOf } from '../../planner';
import { isObject, jsonOf } from '../http/body';
import type { Call, Endpoint } from '../http/call';
import { json } from '../http/reply';
import { requestOf } from './graphql';
import { asAdmin } from './metadata';

interface Explained {
  readonly sql: string;
  readonly plan: readonly string[];
}

type Statement = ReturnType<typeof statementsOf>['all'][number];

/**
 * `/v1/graphql/explain`: the SQL of each root field and Postgres's plan for it, as any user would get it. Admin only.
 * With GET the parts of the body stand in the query string: `query`, `operationName`, and as JSON `variables`, `user`,
 * `is_relay`.
 */
export function explainEndpoint(engine: Engine): Endpoint {
  return async call => {
    const body = await call.body();
    const admin = await asAdmin(call);
    const asked: unknown = call.method === 'GET' ? searched(call) : jsonOf(body.toString('utf8'));
    if (!isObject(asked)) throw new EngineError('parse-failed', 'expected Object');
    const session = sessionFor(asked['user'], admin);
    const surface = asked['is_relay'] === true ? 'relay' : 'graphql';
    const prepared = engine.prepare(requestOf(asked['query'], '$.query'), session, surface, [
      'query',
      'mutation',
      'subscription',
    ]);
    if (prepared.plan.operation === 'mutation')
      throw new EngineError('invalid-params', 'only queries can be explained');
    return json(await explain(engine, prepared));
  };
}

function searched({ search }: Call): unknown {
  const { query, operationName, ...rest } = Object.fromEntries(new URLSearchParams(search));
  const { variables, user, is_relay } = Object.fromEntries(
    Object.entries(rest).map(([name, text]) => [name, jsonOf(text)]),
  );
  return { query: { query, operationName, variables }, user, is_relay };
}

function sessionFor(user: unknown, admin: Session): Session {
  if (!isObject(user)) return admin;
  const variables = Object.fromEntries(
    Object.entries(user).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return sessionOf(variables['x-hasura-role'] ?? admin.role, variables);
}

async function explain(engine: Engine, prepared: Prepared): Promise<unknown> {
  const { plan } = prepared;
  if (plan.operation === 'subscription') {
    const [statement] = statementsOf(plan).all;
    if (!statement) throw new EngineError('unexpected', 'nothing to explain');
    return {
      ...(await explainOne(engine, prepared, statement)),
      variables: prepared.request.variables ?? {},
    };
  }
  const fields: unknown[] = [];
  for (const root of plan.roots) {
    const field = root.alias;
    if (root.kind === 'constant') fields.push({ field, sql: null, plan: null });
    else fields.push({ field, ...(await explainOne(engine, prepared, root.statement)) });
  }
  return fields;
}

async function explainOne(
  engine: Engine,
  { request, session }: Prepared,
  statement: Statement,
): Promise<Explained> {
  const values = valuesOf(statement, request.variables ?? {}, session.variables);
  const lines = await engine.runner
    .transaction(
      session.variables,
      tx => tx.query<Record<string, string>>(`explain (format text) ${statement.text}`, values),
      { readOnly: true },
    )
    .catch((error: unknown) => {
      throw fromDatabase(error);
    });
  return { sql: statement.text, plan: lines.map(line => Object.values(line)[0] ?? '') };
}
