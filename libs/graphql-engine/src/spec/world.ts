/** A database of its own with metadata on it, asked through planner and compiler, for the specs of the engine's rooms. */
import { readMetadata } from './metadata';
import { readCatalogue } from '@nself/pg-catalog';
import { parse, printSchema } from 'graphql';
import { Client } from 'pg';
import { emptyDatabase, type EmptyDatabase } from '../../../../test/support';
import type { CompiledStatement } from '../compiler';
import { assemble, frameOf } from '../engine/answer';
import { buildModel, readEnums, servedSource, type EngineOptions, type Model } from '../model';
import { parseBoolExp } from '../permissions';
import { plan, valuesOf, type Plan, type VariableValues } from '../planner';
import { buildRoleSchema, type RoleSchema } from '../schema';

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

const defaults: EngineOptions = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: true,
  nullsAreTrue: false,
  relay: true,
};

export class World {
  private readonly schemas = new Map<string, RoleSchema>();

  private constructor(
    private readonly database: EmptyDatabase,
    readonly client: Client,
    readonly model: Model,
  ) {}

  static async make(
    script: string,
    { tables, functions = [], inheritedRoles = [], customization, ...options }: WorldOptions,
  ): Promise<World> {
    const database = await emptyDatabase();
    const client = new Client(database.ownerUrl);
    await client.connect();
    await client.query(script);
    const metadata = readMetadata({ tables, functions, inheritedRoles, customization });
    const catalogue = await readCatalogue(client);
    const enums = await readEnums(client, catalogue, servedSource(metadata)?.tables ?? []);
    const model = buildModel({
      catalogue,
      metadata,
      enums,
      options: { ...defaults, ...options },
      readFilter: parseBoolExp,
    });
    return new World(database, client, model);
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
    return plan(
      this.schema(question),
      parse(query, { noLocation: true }),
      undefined,
      question.variables ?? {},
    );
  }

  /** The text of every statement. */
  sql(query: string, question?: Question): string {
    const statements = this.plan(query, question).roots.flatMap(root =>
      root.kind === 'statement' ? [...(root.before ?? []), root.statement] : [],
    );
    return statements.map(({ text }) => text).join('\n\n');
  }

  /** The answer's data, as a client reads it. */
  async ask(query: string, question: Question = {}): Promise<Record<string, unknown>> {
    return this.run(this.plan(query, question), question);
  }

  async run(
    made: Plan,
    { role = 'admin', session = {}, variables = {} }: Question,
  ): Promise<Record<string, unknown>> {
    const known = { 'x-hasura-role': role, ...session };
    const rows: Buffer[][] = [];
    for (const root of made.roots) {
      if (root.kind === 'constant') continue;
      for (const statement of root.before ?? []) await this.send(statement, variables, known);
      rows.push(await this.send(root.statement, variables, known));
    }
    const body = Buffer.concat(assemble(frameOf(made), rows)).toString();
    return (JSON.parse(body) as { data: Record<string, unknown> }).data;
  }

  private async send(
    statement: CompiledStatement,
    variables: VariableValues,
    session: Readonly<Record<string, string>>,
  ): Promise<Buffer[]> {
    const values = valuesOf(statement, variables, session);
    const { rows } = await this.client.query<string[]>({ text: statement.text, values, rowMode: 'array' });
    return (rows[0] ?? []).map(value => Buffer.from(value));
  }

  async end(): Promise<void> {
    await this.client.end();
    await this.database.drop();
  }
}
