import { Stage, type Cast } from './stage';

describe('what is to be when somebody is gone', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => {
    stage = await Stage.open();
    cast = await stage.cast({ Head: 'OWNER', Steward: 'ADMIN', Son: 'ADULT_MEMBER', Teen: 'YOUTH_MEMBER' });
  });
  afterAll(() => stage.close());

  const idOf = (name: string) => cast.people[name]!.id;
  const as = <T>(who: string, query: string, variables: Record<string, unknown> = {}) =>
    stage.ask<T>(cast, who, query, variables);

  it('scenarios are numbered, seen by their author alone, and never changed', async () => {
    const write = (content: object) =>
      as<{ insert_inheritance_scenarios_one: { version: number } }>(
        'Son',
        `mutation ($content: jsonb!) {
           insert_inheritance_scenarios_one(object: {name: "The house", content: $content}) { version } }`,
        { content },
      );
    expect(await write({ house: 'Teen' })).toEqual({ insert_inheritance_scenarios_one: { version: 1 } });
    expect(await write({ house: 'Head' })).toEqual({ insert_inheritance_scenarios_one: { version: 2 } });
    const rewrite = `update inheritance_scenarios set content = '{}'`;
    await expect(stage.past(rewrite)).rejects.toMatchObject({ constraint: 'written_once' });
    await expect(stage.as(cast, 'Son', rewrite)).rejects.toMatchObject({ reason: '42501' });
    const read = '{ inheritance_scenarios { name } }';
    expect(await as('Son', read)).toMatchObject({ inheritance_scenarios: [{}, {}] });
    expect(await as('Head', read)).toEqual({ inheritance_scenarios: [] });
  });

  it('a successor accepts in person, and anew when the wish is another', async () => {
    const { insert_digital_successors_one: wish } = await as<{
      insert_digital_successors_one: { id: string; accepted_at: null };
    }>(
      'Head',
      `mutation ($son: uuid!) {
         insert_digital_successors_one(object: {successor_id: $son, scope: "media"}) { id accepted_at } }`,
      { son: idOf('Son') },
    );
    const accept = `mutation ($id: uuid!) {
      update_digital_successors_by_pk(pk_columns: {id: $id}, _set: {accepted_at: "now()"}) { accepted_at } }`;
    await expect(as('Head', accept, { id: wish.id })).rejects.toMatchObject({
      reason: 'permission-error',
    });
    expect(await as('Steward', accept, { id: wish.id })).toEqual({ update_digital_successors_by_pk: null });
    expect(await as('Son', accept, { id: wish.id })).toMatchObject({
      update_digital_successors_by_pk: { accepted_at: expect.any(String) as string },
    });
    const widen = `update digital_successors set scope = 'everything' where id = $1 returning accepted_at`;
    await expect(stage.as(cast, 'Son', widen, [wish.id])).rejects.toMatchObject({
      reason: 'only_author_rewrites',
    });
    expect(await stage.as(cast, 'Head', widen, [wish.id])).toEqual([{ accepted_at: null }]);
  });

  it('a memorial is approved by an admin other than who asked for it', async () => {
    const [person] = await stage.as<{ id: string }>(
      cast,
      'Son',
      `insert into genealogy_profiles (family_id, given_names, living) values ($1, 'Leo', false) returning id`,
      [cast.id],
    );
    const { insert_memorial_profiles_one: memorial } = await as<{
      insert_memorial_profiles_one: { id: string; state: string };
    }>(
      'Steward',
      'mutation ($id: uuid!) { insert_memorial_profiles_one(object: {profile_id: $id}) { id state } }',
      { id: person!.id },
    );
    expect(memorial.state).toBe('requested');
    expect(await seenBy('Teen')).toEqual([]);
    const approve = `mutation ($id: uuid!) {
      update_memorial_profiles_by_pk(pk_columns: {id: $id}, _set: {state: "approved"}) { decided_by } }`;
    await expect(as('Steward', approve, { id: memorial.id })).rejects.toMatchObject({
      reason: 'permission-error',
    });
    expect(await as('Head', approve, { id: memorial.id })).toEqual({
      update_memorial_profiles_by_pk: { decided_by: idOf('Head') },
    });
    expect(await seenBy('Teen')).toEqual([{ state: 'approved' }]);
    const [event] = await stage.past(
      `select type from ops.audit_events where family_id = $1 and subject_type = 'memorial'`,
      [cast.id],
    );
    expect(event).toEqual({ type: 'memorial.decided' });
  });

  const seenBy = async (who: string) =>
    (await as<{ memorial_profiles: object[] }>(who, '{ memorial_profiles { state } }')).memorial_profiles;
});
