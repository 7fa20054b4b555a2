/** A world whose insides can be looked at: the schema of a role, plans and their SQL. For the specs of the engine's rooms. */
import { parse, printSchema } from 'graphql';
import type { Client } from 'pg';
import { sessionOf, type Session } from '../executor';
import type { EngineOptions, Model } from '../model';
import { plan, type Plan, type VariableValues } from '../planner';
import { buildRoleSchema, type RoleSchema } from '../schema';
import { world, type World as Served } from '../testing/world.fixture';

export interface WorldOptions extends Partial<EngineOptions> {
  /** Tables of the schema public that are tracked bare; others come with their metadata. */
  readonly tables: readonly (string | object)[];
  readonly functions?: readonly object[];
  readonly inheritedRoles?: readonly object[];
  readonly customization?: object;
}

export interface Question {
  readonly role?: string;
  readonly session?: Readonly<Record<string, string>>;
  readonly variables?: VariableValues;
  readonly relay?: boolean;
  readonly backend?: boolean;
}

type Data = Record<string, unknown>;

export class World {
  private readonly schemas = new Map<string, RoleSchema>();

  private constructor(private readonly served: Served) {}

  /** Inconsistent metadata is no mistake here: a spec may be about it. */
  static async make(
    schema: string,
    { tables, functions = [], inheritedRoles = [], customization = {}, ...options }: WorldOptions,
  ): Promise<World> {
    const entries = tables.map(table =>
      typeof table === 'string' ? { table: { schema: 'public', name: table } } : table,
    );
    const source = { tables: entries, functions, customization };
    return new World(await world({ schema, source, inheritedRoles, options, tolerate: /./ }));
  }

  get client(): Client {
    return this.served.client;
  }

  get model(): Model {
    return this.served.model;
  }

  schema({ role = 'admin', relay = false, backend = false }: Question = {}): RoleSchema {
    const key = `${role} ${relay} ${backend}`;
    const known = this.schemas.get(key);
    if (known) return known;
    const made = buildRoleSchema(this.model, role, { relay, backend });
    this.schemas.set(key, made);
    return made;
  }

  sdl(question?: Question): string {
    return printSchema(this.schema(question).graphql());
  }

  plan(query: string, question: Question = {}): Plan {
    const document = parse(query, { noLocation: true });
    return plan(this.schema(question), document, undefined, question.variables ?? {});
  }

  /** What planning refuses a request with; nothing when it takes it. */
  refusal(query: string, question?: Question): unknown {
    try {
      this.plan(query, question);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** The text of every statement. */
  sql(query: string, question?: Question): string {
    const statements = this.plan(query, question).roots.flatMap(root =>
      root.kind === 'statement' ? [...(root.before ?? []), root.statement] : [],
    );
    return statements.map(({ text }) => text).join('\n\n');
  }

  /** The answer's data, as a client reads it. */
  async ask(query: string, question: Question = {}): Promise<Data> {
    return this.run(this.plan(query, question), question);
  }

  /** The same by a plan that was made before, perhaps for other variables. */
  async run(made: Plan, question: Question): Promise<Data> {
    const { variables = {}, relay } = question;
    const { body } = await this.served.engine.run({
      request: { query: '', variables },
      session: sessionFor(question),
      surface: relay ? 'relay' : 'graphql',
      plan: made,
      timeoutMs: undefined,
    });
    return (JSON.parse(Buffer.concat([...body]).toString()) as { data: Data }).data;
  }

  end(): Promise<void> {
    return this.served.drop();
  }
}

function sessionFor({ role = 'admin', session = {}, backend = false }: Question): Session {
  return sessionOf(role, session, { backend });
}
