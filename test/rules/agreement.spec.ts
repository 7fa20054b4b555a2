import { Random } from '../fuzz/random';
import { Stage, type Cast } from './stage';

/**
 * The rule of visibility is written three times, each time for another reader: as the reason that an admin asks for, as
 * policies that cost next to nothing, and as permissions that hold when the policies are gone. Here all three are asked
 * about everything in families that were thrown together at random.
 */
const FAMILIES = process.env['NSELF_LONG'] ? 100 : 8;
const KINDS = ['family', 'public', 'adults_only', 'private'];

const PEOPLE = {
  Mother: 'OWNER',
  Father: 'ADMIN',
  Aunt: 'ADULT_MEMBER',
  Uncle: 'ADULT_MEMBER',
  Teen: 'YOUTH_MEMBER',
  Kid: 'CHILD_MEMBER',
  Former: 'ADULT_MEMBER',
} as const;
const NAMES = Object.keys(PEOPLE);

describe('policies, permissions and reasons', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const seeds = Array.from({ length: FAMILIES }, (_, seed) => seed);

  it.each(seeds)('agree on everything in a family drawn at random (%i)', async seed => {
    const random = new Random(seed);
    const cast = await stage.cast(PEOPLE);
    await arrange(random, cast);
    const posts = await publish(random, cast);
    for (const viewer of NAMES) {
      const allowed = await passed(cast, viewer, posts);
      expect({ viewer, under: 'policies', sees: await seen(cast, viewer) }).toEqual({
        viewer,
        under: 'policies',
        sees: allowed,
      });
      if (viewer === 'Former') continue; // the token is revoked, which no permission can know
      expect({ viewer, under: 'permissions', sees: await asked(cast, viewer) }).toEqual({
        viewer,
        under: 'permissions',
        sees: allowed,
      });
    }
  });

  it('are asked about families in which much is hidden and much is not', async () => {
    const [{ hidden, shown } = { hidden: 0, shown: 0 }] = await stage.past<{ hidden: number; shown: number }>(
      `select count(*) filter (where s.mahram_mode)::int as hidden, count(*) filter (where not s.mahram_mode)::int as shown
       from   family_settings s`,
    );
    expect(Math.min(hidden, shown)).toBeGreaterThan(0);
  });

  /** Modes, relations, exceptions and controls. */
  async function arrange(random: Random, cast: Cast): Promise<void> {
    await stage.past(
      'update family_settings set mahram_mode = $2, parental_controls = $3 where family_id = $1',
      [cast.id, random.chance(0.5), random.chance(0.7)],
    );
    await stage.past(`update family_members set state = 'inactive' where user_id = $1`, [
      idOf(cast, 'Former'),
    ]);
    for (const [one, other] of pairs()) {
      if (random.chance(0.4)) await relate(random, cast, one, other);
      if (random.chance(0.2)) await except(random, cast, one, other);
    }
    for (const minor of ['Teen', 'Kid']) if (random.chance(0.6)) await restrict(random, cast, minor);
  }

  const pairs = () =>
    NAMES.flatMap(one => NAMES.filter(other => other > one).map(other => [one, other] as const));

  const relate = (random: Random, cast: Cast, one: string, other: string) =>
    stage.past(
      'insert into relationships (family_id, user_id, relative_id, type, is_mahram) values ($1, $2, $3, $4, $5)',
      [
        cast.id,
        idOf(cast, one),
        idOf(cast, other),
        random.pick(['sibling', 'cousin', 'uncle_aunt', 'parent']),
        random.pick([true, false, null]),
      ],
    );

  async function except(random: Random, cast: Cast, viewer: string, author: string): Promise<void> {
    const exception = [cast.id, idOf(cast, viewer), idOf(cast, author), random.pick(['allow', 'deny'])];
    await stage.past(
      `insert into visibility_overrides (family_id, viewer_id, author_id, effect, expires_at)
       values ($1, $2, $3, $4, case when $5 then now() - interval '1 hour' end)`,
      [...exception, random.chance(0.3)],
    );
    if (random.chance(0.3)) return;
    await stage.past(
      'update visibility_overrides set confirmed_at = now() where family_id = $1 and viewer_id = $2 and author_id = $3 and effect = $4',
      exception,
    );
  }

  /** Hours are off, around the present one, or half a day away from it. */
  async function restrict(random: Random, cast: Cast, minor: string): Promise<void> {
    const hours = random.pick([undefined, [-1, 1], [11, 12]] as const);
    await stage.past(
      `insert into parental_controls (family_id, user_id, contacts_only, screen_from, screen_until)
       values ($1, $2, $3, (now() at time zone 'UTC' + make_interval(hours => $4))::time,
                           (now() at time zone 'UTC' + make_interval(hours => $5))::time)`,
      [cast.id, idOf(cast, minor), random.chance(0.5), ...(hours ?? [null, null])],
    );
    for (const contact of random.some(NAMES.filter(name => name !== minor)))
      await stage.past('insert into parental_contacts (family_id, user_id, contact_id) values ($1, $2, $3)', [
        cast.id,
        idOf(cast, minor),
        idOf(cast, contact),
      ]);
  }

  /** Of everybody and of nobody (whose account is gone), a post of every kind, some of them deleted or shared. */
  async function publish(random: Random, cast: Cast): Promise<string[]> {
    const posts: string[] = [];
    for (const author of [...NAMES, undefined]) {
      for (const visibility of KINDS) {
        const [post] = await stage.past<{ id: string }>(
          `insert into posts (family_id, author_id, visibility, deleted_at)
           values ($1, $2, $3, case when $4 then now() end) returning id`,
          [cast.id, author ? idOf(cast, author) : null, visibility, random.chance(0.1)],
        );
        posts.push(post!.id);
        for (const name of random.chance(0.5) ? random.some(NAMES) : [])
          await stage.past(
            'insert into post_audiences (family_id, post_id, user_id, granted_by) values ($1, $2, $3, $4)',
            [cast.id, post!.id, idOf(cast, name), author ? idOf(cast, author) : null],
          );
      }
    }
    return posts;
  }

  const idOf = (cast: Cast, name: string): string => cast.people[name]!.id;
  const idsOf = (rows: readonly { id?: unknown }[]) => rows.map(row => String(row.id)).sort();

  async function passed(cast: Cast, viewer: string, posts: string[]): Promise<string[]> {
    const text = `select p.id from unnest($2::uuid[]) p(id), why_visible($1, p.id) w where w.visible`;
    return idsOf(await stage.as(cast, 'Mother', text, [idOf(cast, viewer), posts]));
  }

  const seen = async (cast: Cast, viewer: string) =>
    idsOf(
      await stage.as(cast, viewer, 'select id from posts where family_id = $1 and deleted_at is null', [
        cast.id,
      ]),
    );

  const asked = async (cast: Cast, viewer: string) =>
    idsOf(
      (await stage.ask<{ posts: { id: string }[] }>(cast, viewer, '{ posts { id } }', {}, 'permissions'))
        .posts,
    );
});
