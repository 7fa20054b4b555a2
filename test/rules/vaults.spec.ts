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
  });

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
