import { randomUUID } from 'node:crypto';
import { contextStatement } from '@nself/tenancy';
import { hasuraRoleOf, type MemberRole } from '@nself/identity';
import { Client } from 'pg';
import { Engine } from '../../libs/graphql-engine/src/engine';
import {
  EngineError,
  sessionOf,
  type GroupOutcome,
  type QueryRunner,
  type StatementGroup,
} from '../../libs/graphql-engine/src/executor';
import { testDatabase, type TestDatabase } from '../support';
import { declared, modelOf } from './served';

/** A family as a table of cases casts it: people by name. */
export interface Cast {
  readonly id: string;
  readonly people: Readonly<Record<string, Player>>;
}

export interface Player {
  readonly id: string;
  /** `SERVICE` is a job of our own inside the family: it has no person. */
  readonly role: MemberRole | 'SERVICE';
}

/** Which walls stand while a question is asked over GraphQL: all of them, or permissions without row security. */
export type Walls = 'all' | 'permissions';

export type Row = Record<string, unknown>;

/** A refusal, by what a client could tell it from: constraint where the database names one, else the error's code. */
export class Refused extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A database and the ways into it: as somebody, under row security; as somebody, over GraphQL; and past the walls, to
 * set the scene.
 */
export class Stage {
  private constructor(
    readonly database: TestDatabase,
    private readonly behind: Client,
    private readonly front: Client,
    private readonly engines: Record<Walls, Engine>,
  ) {}

  static async open(metadata = declared()): Promise<Stage> {
    const database = await testDatabase();
    const behind = await connect(database.ownerUrl);
    const front = await connect(database.appUrl);
    const model = await modelOf(behind, metadata);
    const engineOn = (client: Client) => {
      const engine = new Engine({ runner: runnerOn(client), allowListOn: false });
      engine.serve({ model, metadata });
      return engine;
    };
    return new Stage(database, behind, front, { all: engineOn(front), permissions: engineOn(behind) });
  }

  async close(): Promise<void> {
    await Promise.all([this.behind.end(), this.front.end()]);
    await this.database.drop();
  }

  /** Rows past every wall. */
  async past<T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.behind.query<T>(text, values)).rows;
  }

  /** A new family with these people, by name and role. */
  async cast(roles: Record<string, MemberRole>): Promise<Cast> {
    const id = randomUUID();
    await this.past(`insert into families (id, name) values ($1, 'A family')`, [id]);
    const people: Record<string, Player> = {};
    for (const [name, role] of Object.entries(roles)) people[name] = await this.join(id, name, role);
    return { id, people };
  }

  private async join(family: string, name: string, role: MemberRole): Promise<Player> {
    const id = randomUUID();
    await this.past(`insert into auth.users (id, display_name, locale) values ($1, $2, 'en')`, [id, name]);
    await this.past('insert into family_members (family_id, user_id, role) values ($1, $2, $3)', [
      family,
      id,
      role,
    ]);
    return { id, role };
  }

  /** Statements as somebody of the family, in one transaction, under row security. */
  async as<T extends Row = Row>(
    cast: Cast,
    name: string | Player,
    text: string,
    values: unknown[] = [],
  ): Promise<T[]> {
    const player = playerOf(cast, name);
    const context = contextStatement({
      familyId: cast.id,
      userId: player.id || null,
      role: roleOf(player),
      traceId: 'test',
      session: sessionVariables(cast, player),
    });
    try {
      await this.front.query('begin');
      await this.front.query(context.text, [...context.values]);
      const { rows } = await this.front.query<T>(text, values);
      await this.front.query('commit');
      return rows;
    } catch (error) {
      await this.front.query('rollback');
      throw refusal(error);
    }
  }

  /** A GraphQL request as somebody of the family; throws Refused when it is answered by an error. */
  async ask<T = Record<string, never>>(
    cast: Cast,
    name: string | Player,
    query: string,
    variables: Record<string, unknown> = {},
    walls: Walls = 'all',
  ): Promise<T> {
    const player = playerOf(cast, name);
    const session = sessionOf(roleOf(player), sessionVariables(cast, player));
    try {
      const { body } = await this.engines[walls].execute({ query, variables }, session);
      return (JSON.parse(Buffer.concat([...body]).toString()) as { data: T }).data;
    } catch (error) {
      if (error instanceof EngineError) throw new Refused(error.code, error.message);
      throw error;
    }
  }
}

const playerOf = (cast: Cast, name: string | Player): Player => {
  const player = typeof name === 'string' ? cast.people[name] : name;
  if (!player) throw new Error(`nobody is called ${String(name)}`);
  return player;
};

const roleOf = ({ role }: Player): string => (role === 'SERVICE' ? 'service' : hasuraRoleOf(role));

const sessionVariables = (cast: Cast, player: Player) => ({
  'x-hasura-family-id': cast.id,
  'x-hasura-user-id': player.id,
  'x-hasura-role': roleOf(player),
});

function refusal(error: unknown): Refused {
  const { code = '', constraint = '', message } = error as Error & { code?: string; constraint?: string };
  return new Refused(constraint || code, message);
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The tenancy door in small: context, statements and commit, one after the other on one connection. */
function runnerOn(client: Client): QueryRunner {
  const run = async ({ session, statements }: StatementGroup): Promise<GroupOutcome> => {
    let at: number | undefined;
    try {
      await client.query('begin');
      const context = contextStatement({
        familyId: session['x-hasura-family-id'] ?? null,
        userId: session['x-hasura-user-id'] ?? null,
        role: session['x-hasura-role'] ?? 'anonymous',
        traceId: 'test',
        session,
      });
      await client.query(context.text, [...context.values]);
      const rows: Buffer[][] = [];
      for (const [index, { text, values }] of statements.entries()) {
        at = index;
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
    throw new Error('not part of the stage');
  };
  return { run, runEach: groups => Promise.all(groups.map(run)), transaction: unused, listen: unused };
}
