import type { Metadata } from '@nself/hasura-metadata';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../support';
import { aimlessInserts, attemptsOn, functionAttempts, type Attempt } from './isolation-attempts';
import { ForgetfulEngine, opened, roles, walled, type Outcome, type Role } from './isolation-engine';
import { familyTables, fillFamily, rowOf, type FilledFamily } from './isolation-world';

// Thousands of statements on a machine that may be busy with something else.
jest.setTimeout(900_000);

/**
 * T2 and T3 over GraphQL: whatever a role can say, aimed at each row of another family. Once with the permissions alone
 * (the login bypasses row security), once with row security alone (every permission opened wide), once with both.
 */
const everyRole = Boolean(process.env['ISOLATION_FULL']);
const walls: [name: string, metadata: () => Metadata, login: 'ownerUrl' | 'appUrl', who: readonly Role[]][] =
  [
    ['permissions alone', walled, 'ownerUrl', roles],
    ['row security alone', opened, 'appUrl', everyRole ? roles : ['owner', 'user']],
    ['both', walled, 'appUrl', everyRole ? roles : ['adult']],
  ];

const roots = `{
  __schema { queryType { name } }
  queries: __type(name: "query_root") { fields { name } }
  mutations: __type(name: "mutation_root") { fields { name } }
}`;

/** Root fields at which nothing is aimed, by the beginning of their names, each with the reason. */
const unaimed: Record<string, string> = {
  apps: 'the same for everybody',
  measurement_units: 'the same for everybody',
  quota_defaults: 'the same for everybody',
  visibility_answers: 'never has rows: it is what why_visible answers',
  search_facet_aggregate: 'counts what the function answers, which is aimed at',
  shopping_list_aggregate: 'counts what the function answers, which is aimed at',
  why_visible_aggregate: 'counts what the function answers, which is aimed at',
};

describe.each(walls)('isolation over GraphQL by %s', (name, metadata, login, who) => {
  let database: TestDatabase;
  let owner: Client;
  let engine: ForgetfulEngine;
  let ours: FilledFamily;
  let theirs: FilledFamily;
  let guesses = 0;
  const { tables } = metadata().sources[0]!;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const family = await familyTables(owner);
    [ours, theirs] = [await fillFamily(owner, family), await fillFamily(owner, family)];
    engine = await ForgetfulEngine.open(database[login], metadata());
  });
  afterAll(async () => {
    console.info(`${guesses} guesses by ${name}, none arrived`);
    await Promise.all([engine.close(), owner.end()]);
    await database.drop();
  });

  it.each(who)('keeps %s from every row of another family', async role => {
    for (const table of tables) {
      const row = await rowOf(owner, table.table as { schema: string; name: string }, theirs);
      if (!row) continue;
      for (const attempt of attemptsOn(table, role, row)) {
        const { kind } = attempt;
        const arrived = trespasses(attempt, await make(attempt, ours, role));
        expect({ table: table.table, role, kind, arrived }).toEqual({
          table: table.table,
          role,
          kind,
          arrived: 'nowhere',
        });
      }
    }
  });

  it('tells nothing of another family by any function', async () => {
    const rows = new Map<string, Record<string, unknown>>();
    for (const table of ['posts', 'genealogy_profiles', 'search_index']) {
      rows.set(`public.${table}`, (await rowOf(owner, { schema: 'public', name: table }, theirs))!);
    }
    for (const attempt of functionAttempts(table => rows.get(table)!)) {
      const { kind } = attempt;
      const own = arrives(attempt, await make(attempt, theirs, 'owner'));
      const other = arrives(attempt, await make(attempt, ours, 'owner'));
      expect({ kind, own, other }).toEqual({ kind, own: 'at the row', other: 'nowhere' });
    }
  });

  it('leaves out no root field that the owner has', async () => {
    const { data } = (await engine.ask(ours, 'owner', roots, {})) as {
      data: Record<string, { fields: { name: string }[] }>;
    };
    const all = ['queries', 'mutations'].flatMap(type => data[type]!.fields.map(field => field.name));
    const queries: string[] = functionAttempts(() => ({})).map(({ query }) => query);
    for (const table of tables) {
      const row = await rowOf(owner, table.table as { schema: string; name: string }, theirs);
      if (!row) continue;
      const attempts = attemptsOn(table, 'owner', row);
      queries.push(...attempts.map(({ query }) => query), ...aimlessInserts(table, attempts));
    }
    const aimed = new Set(queries.join(' ').match(/\w+/g));
    expect(
      all.filter(field => !aimed.has(field) && !Object.keys(unaimed).some(name => field.startsWith(name))),
    ).toEqual([]);
  });

  it('is aimed well: each kind of attempt arrives for somebody of the family itself', async () => {
    const lost: string[] = [];
    for (const table of tables) {
      const { schema, name: bare } = table.table as { schema: string; name: string };
      const row = await rowOf(owner, { schema, name: bare }, theirs);
      if (!row) continue;
      const kinds = new Map<string, boolean>();
      for (const role of roles) {
        for (const attempt of attemptsOn(table, role, row)) {
          if (kinds.get(attempt.kind)) continue;
          kinds.set(attempt.kind, await arrivesInSomeState(attempt, role));
        }
      }
      lost.push(
        ...[...kinds].filter(([, arrived]) => !arrived).map(([kind]) => `${schema}.${bare}: ${kind}`),
      );
    }
    expect(lost).toEqual([]);
  });

  async function arrivesInSomeState(attempt: Attempt, role: Role): Promise<boolean> {
    for (const state of ['active', 'sealed', 'released']) {
      await setVault(state);
      if (arrives(attempt, await make(attempt, theirs, role)) !== 'nowhere') return true;
    }
    return false;
  }

  async function setVault(state: string): Promise<void> {
    await owner.query('set session_replication_role = replica');
    await owner.query('update legacy_vaults set state = $1 where family_id = $2', [state, theirs.id]);
    await owner.query('set session_replication_role = default');
  }

  async function make(attempt: Attempt, as: FilledFamily, role: Role): Promise<Outcome> {
    guesses += attempt.guesses;
    const outcome = await engine.ask(as, role, attempt.query, attempt.variables);
    // Words that the role does not have prove nothing: an attempt must be one that the engine understands.
    if ('refused' in outcome && outcome.refused === 'validation-failed') {
      throw new Error(`not understood for ${role}: ${attempt.query} ${JSON.stringify(attempt.variables)}`);
    }
    return outcome;
  }

  /** At the row, at a constraint that stands behind the walls, or nowhere. */
  function arrives(attempt: Attempt, outcome: Outcome): 'at the row' | 'at a constraint' | 'nowhere' {
    if ('data' in outcome) return attempt.reached(outcome.data) ? 'at the row' : 'nowhere';
    return outcome.state?.startsWith('23') ? 'at a constraint' : 'nowhere';
  }

  /** A new row that points to theirs is refused by a foreign key or a trigger: it has reached nothing of theirs. */
  const trespasses = (attempt: Attempt, outcome: Outcome) => {
    const arrived = arrives(attempt, outcome);
    return attempt.kind.startsWith('insert') && arrived === 'at a constraint' ? 'nowhere' : arrived;
  };
});
