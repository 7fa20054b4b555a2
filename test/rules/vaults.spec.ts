import { casesOf } from './cases';
import { Refused, Stage, type Cast } from './stage';

interface Story {
  story: string;
  condition: string;
  release_in_days?: number;
  trustees_needed?: number;
  steps: { who: string; does: keyof typeof deeds | 'pass'; refused?: string | true }[];
  readers: string[];
}

const deeds = {
  'add a letter': `insert into vault_items (family_id, vault_id, kind, title) values ($1, $2, 'letter', 'To you') returning id`,
  rename: `update legacy_vaults set title = 'Another' where family_id = $1 and id = $2 returning id`,
  seal: `update legacy_vaults set state = 'sealed' where family_id = $1 and id = $2 returning id`,
  reopen: `update legacy_vaults set state = 'active' where family_id = $1 and id = $2 returning id`,
  release: `update legacy_vaults set state = 'released' where family_id = $1 and id = $2 returning id`,
  'request release': `insert into vault_release_requests (family_id, vault_id, requested_by) values ($1, $2, app.user_id()) returning id`,
  confirm: `insert into vault_release_confirmations (family_id, vault_id, request_id, user_id)
            select $1, $2, r.id, app.user_id() from vault_release_requests r where r.vault_id = $2 and r.objected_at is null returning id`,
  object: `update vault_release_requests set objected_at = now() where family_id = $1 and vault_id = $2 and objected_at is null returning id`,
};

/** The same as a client does it; what lies in a vault is written by the service that encrypts it. */
const mutations: Partial<Record<string, string>> = {
  rename: state('title: "Another"'),
  seal: state('state: "sealed"'),
  reopen: state('state: "active"'),
  release: state('state: "released"'),
  'request release': 'insert_vault_release_requests(objects: {vault_id: $id})',
  confirm: 'insert_vault_release_confirmations(objects: {vault_id: $id, request_id: $request})',
  object: 'update_vault_release_requests(where: {vault_id: {_eq: $id}}, _set: {objected_at: "now()"})',
};

function state(set: string): string {
  return `update_legacy_vaults(where: {id: {_eq: $id}}, _set: {${set}})`;
}

describe('legacy vaults', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const stories = casesOf<Story>('vaults').map(([, story]) => [story.story, story] as const);

  it.each(stories)('%s', async (_, story) => {
    const cast = await family();
    const vault = await begin(cast, story);
    for (const step of story.steps) {
      expect({ ...step, refused: await take(cast, vault, step) }).toEqual({ refused: undefined, ...step });
    }
    await onlyReadBy(cast, vault, story);
  });

  it.each(stories)('%s, over GraphQL too', async (_, story) => {
    const cast = await family();
    const vault = await begin(cast, story);
    for (const step of story.steps) {
      const refused = (await askFor(cast, vault, step)) !== undefined;
      expect({ ...step, refused }).toEqual({ ...step, refused: step.refused !== undefined });
    }
    await onlyReadBy(cast, vault, story);
  });

  async function onlyReadBy(cast: Cast, vault: string, story: Story): Promise<void> {
    for (const name of Object.keys(cast.people)) {
      const rows = await stage.as(cast, name, 'select title from vault_items where vault_id = $1', [vault]);
      expect({ name, reads: rows.length > 0 }).toEqual({ name, reads: story.readers.includes(name) });
      for (const walls of ['all', 'permissions'] as const) {
        expect({ name, reads: await readsOverGraphql(cast, name, vault, walls) }).toEqual({
          name,
          reads: story.readers.includes(name),
        });
      }
    }
  }

  it('leave a trace of each seal and release', async () => {
    const cast = await family();
    const vault = await begin(cast, { condition: 'manual' });
    for (const does of ['seal', 'reopen', 'seal', 'release'] as const)
      await take(cast, vault, { who: 'Owner', does });
    const trail = await stage.past(
      'select type from ops.audit_events where family_id = $1 order by sequence',
      [cast.id],
    );
    expect(trail.map(event => event['type'])).toEqual([
      'vault.sealed',
      'vault.opened',
      'vault.sealed',
      'vault.released',
    ]);
  });

  const family = () =>
    stage.cast({
      Owner: 'ADULT_MEMBER',
      Heir: 'ADULT_MEMBER',
      Trust1: 'ADULT_MEMBER',
      Trust2: 'ADMIN',
      Trust3: 'ADULT_MEMBER',
      Head: 'OWNER',
    });

  async function begin(
    cast: Cast,
    story: Pick<Story, 'condition' | 'release_in_days' | 'trustees_needed'>,
  ): Promise<string> {
    const [vault] = await stage.as<{ id: string }>(
      cast,
      'Owner',
      `insert into legacy_vaults (family_id, owner_id, title, condition, release_at, trustees_needed, waiting_days)
       values ($1, app.user_id(), 'For later', $2, now() + make_interval(days => $3), $4, case when $4::int > 0 then 30 end) returning id`,
      [cast.id, story.condition, story.release_in_days ?? null, story.trustees_needed ?? null],
    );
    const part = (table: string, name: string) =>
      stage.as(cast, 'Owner', `insert into ${table} (family_id, vault_id, user_id) values ($1, $2, $3)`, [
        cast.id,
        vault!.id,
        cast.people[name]!.id,
      ]);
    await part('vault_recipients', 'Heir');
    for (const name of ['Trust1', 'Trust2', 'Trust3']) await part('vault_trustees', name);
    return vault!.id;
  }

  /** What stood against the step: a rule by name, `true` for a wall, nothing when it was taken. */
  async function take(
    cast: Cast,
    vault: string,
    { who, does }: Story['steps'][number],
  ): Promise<string | true | undefined> {
    if (does === 'pass') {
      await stage.past('set session_replication_role = replica');
      await stage.past('update vault_release_requests set waits_until = now() where vault_id = $1', [vault]);
      await stage.past('set session_replication_role = default');
      return undefined;
    }
    try {
      const player = who === 'Service' ? { id: '', role: 'SERVICE' as const } : who;
      const rows = await stage.as(cast, player, deeds[does], [cast.id, vault]);
      return rows.length > 0 ? undefined : true;
    } catch (error) {
      if (error instanceof Refused) return error.reason === '42501' ? true : error.reason;
      throw error;
    }
  }

  async function askFor(
    cast: Cast,
    vault: string,
    { who, does }: Story['steps'][number],
  ): Promise<string | true | undefined> {
    const field = mutations[does];
    // The service has no GraphQL: it works in the database itself.
    if (!field || who === 'Service') return take(cast, vault, { who, does });
    const [request] = await stage.past<{ id: string }>(
      'select id from vault_release_requests where vault_id = $1 order by objected_at nulls first',
      [vault],
    );
    const open = field.includes('$request');
    const query = `mutation ($id: uuid!${open ? ', $request: uuid!' : ''}) { done: ${field} { affected_rows } }`;
    try {
      const variables = { id: vault, ...(open ? { request: request!.id } : {}) };
      const { done } = await stage.ask<{ done: { affected_rows: number } }>(cast, who, query, variables);
      return done.affected_rows > 0 ? undefined : true;
    } catch (error) {
      if (error instanceof Refused) return error.reason;
      throw error;
    }
  }

  async function readsOverGraphql(
    cast: Cast,
    name: string,
    id: string,
    walls: 'all' | 'permissions',
  ): Promise<boolean> {
    const query = 'query ($id: uuid!) { vault_items(where: {vault_id: {_eq: $id}}) { title } }';
    return (
      (await stage.ask<{ vault_items: unknown[] }>(cast, name, query, { id }, walls)).vault_items.length > 0
    );
  }
});
