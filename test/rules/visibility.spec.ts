import { casesOf } from './cases';
import { Stage, type Cast } from './stage';

interface Case {
  viewer: string;
  author?: string;
  visibility: string;
  audience?: string[];
  deleted?: boolean;
  settings?: Record<string, boolean>;
  relation?: { type: string; is_mahram?: boolean };
  override?: Partial<Record<'allow' | 'deny', 'confirmed' | 'requested' | 'expired'>>;
  controls?: { contacts_only?: boolean; contacts?: string[]; screen_hours?: 'open' | 'closed' };
  reason: string;
}

const sees = (reason: string) => reason === 'author' || reason === 'policy_passed';

describe('visibility of posts', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  it.each(casesOf<Case>('visibility'))('%s', async (_, given) => {
    const cast = await family();
    const author = cast.people[given.author ?? 'Aunt']!.id;
    const post = await publish(cast, author, given);
    await arrange(cast, author, given);

    expect(await reason(cast, given.viewer, post)).toBe(given.reason);
    expect(await seenUnderRowSecurity(cast, given.viewer, post)).toBe(sees(given.reason));
    expect(await seenOverGraphql(cast, given.viewer, post, 'all')).toBe(sees(given.reason));
    if (given.viewer === 'Former') return; // the token is revoked, which no permission can know
    expect(await seenOverGraphql(cast, given.viewer, post, 'permissions')).toBe(sees(given.reason));
  });

  it('answers the reason for others to admins only', async () => {
    const cast = await family();
    const post = await publish(cast, cast.people['Aunt']!.id, {
      viewer: '',
      visibility: 'private',
      reason: '',
    });
    const ask = (who: string, viewer: string) =>
      stage.as(cast, who, 'select * from why_visible($1, $2)', [cast.people[viewer]!.id, post]);
    expect(await ask('Father', 'Teen')).toMatchObject([{ reason: 'not_in_audience', visible: false }]);
    expect(await ask('Teen', 'Teen')).toMatchObject([{ reason: 'not_in_audience' }]);
    expect(await ask('Teen', 'Mother')).toEqual([]);
    expect(await ask('Aunt', 'Mother')).toEqual([]);
  });

  /** Strangers are of another family and ask with its context; Former has left and still holds a token. */
  async function family(): Promise<Cast> {
    const cast = await stage.cast({
      Mother: 'OWNER',
      Father: 'ADMIN',
      Aunt: 'ADULT_MEMBER',
      Teen: 'YOUTH_MEMBER',
      Kid: 'CHILD_MEMBER',
      Former: 'ADULT_MEMBER',
    });
    await stage.past(`update family_members set state = 'inactive' where user_id = $1`, [
      cast.people['Former']!.id,
    ]);
    const others = await stage.cast({ Stranger: 'OWNER' });
    return { ...cast, people: { ...cast.people, ...others.people } };
  }

  async function publish(
    cast: Cast,
    author: string,
    { visibility, audience = [], deleted }: Case,
  ): Promise<string> {
    const [post] = await stage.past<{ id: string }>(
      `insert into posts (family_id, author_id, visibility, body, deleted_at)
       values ($1, $2, $3, 'News', case when $4 then now() end) returning id`,
      [cast.id, author, visibility, deleted ?? false],
    );
    for (const name of audience) {
      await stage.past(
        'insert into post_audiences (family_id, post_id, user_id, granted_by) values ($1, $2, $3, $4)',
        [cast.id, post!.id, cast.people[name]!.id, author],
      );
    }
    return post!.id;
  }

  async function arrange(
    cast: Cast,
    author: string,
    { viewer, settings, relation, override, controls }: Case,
  ) {
    const viewerId = cast.people[viewer]!.id;
    for (const [name, value] of Object.entries(settings ?? {})) {
      await stage.past(`update family_settings set ${name} = $2 where family_id = $1`, [cast.id, value]);
    }
    if (relation) {
      await stage.past(
        'insert into relationships (family_id, user_id, relative_id, type, is_mahram) values ($1, $2, $3, $4, $5)',
        [cast.id, author, viewerId, relation.type, relation.is_mahram ?? null],
      );
    }
    for (const [effect, state] of Object.entries(override ?? {}))
      await except(cast, viewerId, author, effect, state);
    if (controls) await restrict(cast, viewerId, controls);
  }

  async function except(
    cast: Cast,
    viewer: string,
    author: string,
    effect: string,
    state: string,
  ): Promise<void> {
    await stage.past(
      `insert into visibility_overrides (family_id, viewer_id, author_id, effect, expires_at)
       values ($1, $2, $3, $4, case when $5 then now() - interval '1 hour' end)`,
      [cast.id, viewer, author, effect, state === 'expired'],
    );
    if (state === 'requested') return;
    await stage.past(
      'update visibility_overrides set confirmed_at = now() where viewer_id = $1 and effect = $2',
      [viewer, effect],
    );
  }

  async function restrict(cast: Cast, user: string, controls: NonNullable<Case['controls']>): Promise<void> {
    // Hours around the present one, or those around midday's opposite: half a day away from now.
    const hours = { open: [-1, 1], closed: [11, 12] }[controls.screen_hours ?? 'open'];
    await stage.past(
      `insert into parental_controls (family_id, user_id, contacts_only, screen_from, screen_until)
       values ($1, $2, $3, case when $4 then (now() at time zone 'UTC' + make_interval(hours => $5))::time end,
                           case when $4 then (now() at time zone 'UTC' + make_interval(hours => $6))::time end)`,
      [cast.id, user, controls.contacts_only ?? false, controls.screen_hours !== undefined, ...hours],
    );
    for (const name of controls.contacts ?? []) {
      await stage.past('insert into parental_contacts (family_id, user_id, contact_id) values ($1, $2, $3)', [
        cast.id,
        user,
        cast.people[name]!.id,
      ]);
    }
  }

  async function reason(cast: Cast, viewer: string, post: string): Promise<unknown> {
    const [answer] = await stage.as(cast, 'Mother', 'select reason from why_visible($1, $2)', [
      cast.people[viewer]!.id,
      post,
    ]);
    return answer?.['reason'];
  }

  const contextOf = (cast: Cast, viewer: string): Cast =>
    viewer === 'Stranger' ? { ...cast, id: strange } : cast;
  const strange = '00000000-0000-7000-8000-000000000000';

  async function seenUnderRowSecurity(cast: Cast, viewer: string, post: string): Promise<boolean> {
    const text = 'select from posts where id = $1 and deleted_at is null';
    return (await stage.as(contextOf(cast, viewer), viewer, text, [post])).length > 0;
  }

  async function seenOverGraphql(cast: Cast, viewer: string, post: string, walls: 'all' | 'permissions') {
    const query = 'query ($id: uuid!) { posts_by_pk(id: $id) { id } }';
    const answer = await stage.ask<{ posts_by_pk: object | null }>(
      contextOf(cast, viewer),
      viewer,
      query,
      { id: post },
      walls,
    );
    return answer.posts_by_pk !== null;
  }
});
