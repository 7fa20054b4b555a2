import { contextStatement } from '@nself/tenancy';
import { parse } from 'graphql';
import { Client } from 'pg';
import type { Model } from '../../libs/graphql-engine/src/model';
import { plan } from '../../libs/graphql-engine/src/planner';
import { buildRoleSchema } from '../../libs/graphql-engine/src/schema';
import { testDatabase, type TestDatabase } from '../support';
import { familyTables, fillFamily, type FilledFamily } from '../tenancy/isolation-world';
import { casesOf } from './cases';
import { declared, modelOf } from './served';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

describe('everyday queries', () => {
  let database: TestDatabase;
  let app: Client;
  let owner: Client;
  let model: Model;
  let family: FilledFamily;
  let familyNames: Set<string>;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    app = new Client({ connectionString: database.appUrl });
    await Promise.all([owner.connect(), app.connect()]);
    const tables = await familyTables(owner);
    familyNames = new Set(tables.map(({ name }) => name.replace(/^\w+\./, '')));
    family = await fillFamily(owner, tables);
    model = await modelOf(owner, declared());
  });
  afterAll(async () => {
    await Promise.all([app.end(), owner.end()]);
    await database.drop();
  });

  const questions = casesOf<{ ask: string; query: string }>('everyday').map(
    ([, { ask, query }]) => [ask, query] as const,
  );

  it.each(questions)('%s: through indexes, without reading a table from end to end', async (_, query) => {
    const schema = buildRoleSchema(model, 'owner', { backend: false, relay: false });
    const variables = query.includes('$id') ? { id: family.me } : {};
    const { roots } = plan(schema, parse(query), null, variables);
    const statements = roots.flatMap(root => (root.kind === 'constant' ? [] : [root.statement.text]));
    expect(statements).toHaveLength(1);
    expect(await scanned(statements[0]!)).toEqual([]);
  });

  it('would notice: without the indexes that begin with the family a table is read from end to end', async () => {
    await owner.query(`drop index event_markers_in_order;
      alter table event_markers drop constraint event_markers_family_id_id_key`);
    expect(await scanned('select from event_markers')).toEqual(['event_markers']);
  });

  /** Family tables that the plan scans although scans cost a fortune: there is no index that fits. */
  async function scanned(text: string): Promise<string[]> {
    const session = {
      'x-hasura-family-id': family.id,
      'x-hasura-user-id': family.me,
      'x-hasura-role': 'owner',
    };
    const context = contextStatement({
      familyId: family.id,
      userId: family.me,
      role: 'owner',
      traceId: 'test',
      session,
    });
    await app.query('begin');
    try {
      await app.query(context.text, [...context.values]);
      await app.query('set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan');
      await app.query(`prepare everyday as ${text}`);
      const nulls = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, index]) => Number(index)));
      const call =
        nulls > 0 ? `everyday(${Array.from({ length: nulls }, () => 'null').join(', ')})` : 'everyday';
      const { rows } = await app.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `explain (format json) execute ${call}`,
      );
      return scansIn(rows[0]!['QUERY PLAN'][0]!.Plan);
    } finally {
      await app.query('rollback');
      await app.query('deallocate all');
    }
  }

  const scansIn = (node: PlanNode): string[] => [
    ...(node['Node Type'] === 'Seq Scan' && familyNames.has(node['Relation Name'] ?? '')
      ? [node['Relation Name']!]
      : []),
    ...(node.Plans ?? []).flatMap(scansIn),
  ];
});
