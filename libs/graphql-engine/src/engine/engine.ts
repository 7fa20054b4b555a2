import type { Metadata } from '@nself/hasura-metadata';
import { EngineError, type QueryRunner, type Session, type StatementCall } from '../executor';
import type { Model } from '../model';
import { valuesOf, type Plan } from '../planner';
import { buildRoleSchema, type RoleSchema } from '../schema';
import { AllowList } from './allow-list';
import { cacheKeyOf, cacheWishOf, type AnswerStore, type CacheWish } from './answer-cache';
import { assemble, frameOf } from './answer';
import { Limits } from './limits';
import { Operations } from './operations';
import { blame, statementsOf } from './statements';
import type { Answer, GraphqlRequest, Surface } from './request';

/** What is served at a time: the model and the metadata that it was made from. Swapped whole. */
export interface Served {
  readonly model: Model;
  readonly metadata: Metadata;
}

export interface EngineOptions {
  readonly runner: QueryRunner;
  /** Whether roles may ask only what the allow list holds. */
  readonly allowListOn: boolean;
  /** Where answers of `@cached` queries are kept; without it the directive changes nothing. */
  readonly answers?: AnswerStore;
}

/** A request with its plan, ready to run. */
export interface Prepared {
  readonly request: GraphqlRequest;
  readonly session: Session;
  readonly surface: Surface;
  readonly plan: Plan;
  readonly timeoutMs: number | undefined;
  /** The trace that the request belongs to. */
  readonly traceId?: string | undefined;
}

type Operation = Plan['operation'];

/** Answers GraphQL requests of every role on the model that is served now. */
export class Engine {
  readonly runner: QueryRunner;
  private state: State | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: EngineOptions) {
    this.runner = options.runner;
  }

  /** Serves another model from now on; requests under way end on the one that they began with. */
  serve(served: Served): void {
    this.state = new State(served, this.options.allowListOn);
    for (const listener of this.listeners) listener();
  }

  /** Calls back after each swap, until the returned function is called. */
  onServed(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get served(): Served {
    return this.now().served;
  }

  get limits(): Limits {
    return this.now().limits;
  }

  /** The schema that a role sees; for introspection and code that needs types. */
  schemaOf(session: Session, surface: Surface = 'graphql'): RoleSchema {
    return this.now().room(session, surface).schema;
  }

  /** Plans a request, or throws what is wrong with it. Only operations of the given kinds are let through. */
  prepare(
    request: GraphqlRequest,
    session: Session,
    surface: Surface,
    kinds: readonly Operation[],
    traceId?: string,
  ): Prepared {
    const state = this.now();
    const plan = state.room(session, surface).operations.planOf(request);
    if (!kinds.includes(plan.operation)) throw notHere(plan.operation);
    if (session.operations?.includes(plan.operation) === false) throw notForThisBearer(plan.operation);
    return { request, session, surface, plan, timeoutMs: state.limits.timeoutMs(session), traceId };
  }

  /** Plans and runs a query or mutation. */
  execute(
    request: GraphqlRequest,
    session: Session,
    surface: Surface = 'graphql',
    traceId?: string,
  ): Promise<Answer> {
    return this.run(this.prepare(request, session, surface, HTTP_KINDS, traceId));
  }

  /** All root fields in one group: a mutation happens whole or not at all. */
  run(prepared: Prepared): Promise<Answer> {
    const { request, session, plan } = prepared;
    const variables = request.variables ?? {};
    const calls = statementsOf(plan).all.map(statement => callOf(statement, variables, session));
    const wish = plan.node.directives?.length ? cacheWishOf(plan.node, variables) : undefined;
    if (wish && this.options.answers) return this.cached(prepared, calls, wish, this.options.answers);
    return this.ask(prepared, calls);
  }

  private async ask(
    { session, plan, timeoutMs, traceId }: Prepared,
    calls: readonly StatementCall[],
  ): Promise<Answer> {
    const frame = frameOf(plan);
    if (calls.length === 0) return { body: assemble(frame, []) };
    const outcome = await this.runner.run({
      session: session.variables,
      statements: calls,
      readOnly: plan.operation !== 'mutation',
      timeoutMs,
      traceId,
    });
    const statements = statementsOf(plan);
    if ('error' in outcome) throw blame(outcome.error, statements.all[outcome.at ?? -1]);
    return { body: assemble(frame, statements.answers(outcome.rows)) };
  }

  private async cached(
    prepared: Prepared,
    calls: readonly StatementCall[],
    { seconds, refresh }: CacheWish,
    store: AnswerStore,
  ): Promise<Answer> {
    const { plan, session } = prepared;
    const key = cacheKeyOf(this.now().served.model.version, frameOf(plan), session, calls);
    const known = refresh ? undefined : await store.get(key);
    const names = { 'x-hasura-query-cache-key': key, 'x-hasura-query-family-cache-key': key.slice(0, 32) };
    if (known)
      return { body: [known.body], headers: { ...names, 'cache-control': `max-age=${known.secondsLeft}` } };
    const body = Buffer.concat((await this.ask(prepared, calls)).body);
    if (seconds > 0) await store.set(key, body, seconds);
    return { body: [body], headers: { ...names, 'cache-control': `max-age=${seconds}` } };
  }

  private now(): State {
    if (this.state) return this.state;
    throw new EngineError('unexpected', 'the schema is not loaded yet', { status: 503 });
  }
}

const HTTP_KINDS: readonly Operation[] = ['query', 'mutation'];

function callOf(
  statement: Parameters<typeof valuesOf>[0],
  variables: Readonly<Record<string, unknown>>,
  session: Session,
): StatementCall {
  const values = valuesOf(statement, variables, session.variables);
  return { text: statement.text, name: statement.name, values };
}

const notForThisBearer = (operation: Operation): EngineError =>
  new EngineError('access-denied', `your token does not allow a ${operation}`);

function notHere(operation: Operation): EngineError {
  if (operation !== 'subscription')
    return new EngineError('unexpected-payload', `${operation}s are not allowed here`);
  return new EngineError(
    'unexpected-payload',
    'subscriptions are not supported over HTTP, use websockets instead',
  );
}

interface Room {
  readonly schema: RoleSchema;
  readonly operations: Operations;
}

const twoKinds = <T>() => ({ frontend: new Map<string, T>(), backend: new Map<string, T>() });

/** Everything that is derived from one model; thrown away with it. */
class State {
  readonly limits: Limits;
  private readonly allowList: AllowList | undefined;
  /** By role. */
  private readonly rooms = { graphql: twoKinds<Room>(), relay: twoKinds<Room>() };

  constructor(
    readonly served: Served,
    allowListOn: boolean,
  ) {
    this.limits = new Limits(served.metadata.api_limits);
    this.allowList = allowListOn ? new AllowList(served.metadata) : undefined;
  }

  room(session: Session, surface: Surface): Room {
    const rooms = this.rooms[surface][session.backend ? 'backend' : 'frontend'];
    const known = rooms.get(session.role);
    if (known) return known;
    const made = this.make(session, surface);
    rooms.set(session.role, made);
    return made;
  }

  private make(session: Session, surface: Surface): Room {
    const { role, backend } = session;
    const schema = buildRoleSchema(this.served.model, role, { backend, relay: surface === 'relay' });
    const operations = new Operations(schema, document => {
      this.allowList?.admit(document, session);
      this.limits.admit(document, session);
    });
    return { schema, operations };
  }
}
