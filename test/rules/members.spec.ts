import { Stage, type Cast } from './stage';

describe('members and kin', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const idOf = (cast: Cast, name: string) => cast.people[name]!.id;

  it('keep at least one owner, however an owner goes', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Father: 'ADMIN' });
    const refused = { constraint: 'family_keeps_an_owner' };
    const mother = [idOf(cast, 'Mother')];
    await expect(
      stage.past(`update family_members set role = 'ADMIN' where user_id = $1`, mother),
    ).rejects.toMatchObject(refused);
    await expect(
      stage.past(`update family_members set state = 'inactive' where user_id = $1`, mother),
    ).rejects.toMatchObject(refused);
    await expect(stage.past('delete from family_members where user_id = $1', mother)).rejects.toMatchObject(
      refused,
    );
    await expect(stage.past('delete from auth.users where id = $1', mother)).rejects.toMatchObject(refused);
    await stage.past(`update family_members set role = 'OWNER' where user_id = $1`, [idOf(cast, 'Father')]);
    await stage.past('delete from auth.users where id = $1', mother);
    await stage.past('delete from families where id = $1', [cast.id]);
  });

  it('are related in both directions, whichever is written', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Kid: 'CHILD_MEMBER', Aunt: 'ADULT_MEMBER' });
    const relate = (who: string, type: string, whom: string) =>
      stage.as(
        cast,
        'Mother',
        'insert into relationships (family_id, user_id, relative_id, type) values ($1, $2, $3, $4)',
        [cast.id, idOf(cast, who), idOf(cast, whom), type],
      );
    await relate('Mother', 'parent', 'Kid');
    await relate('Aunt', 'uncle_aunt', 'Kid');
    const kin = () =>
      stage.past(
        `select u.display_name || ' ' || r.type || ' ' || v.display_name || ' ' || coalesce(r.is_mahram::text, '?') as line
         from relationships r join auth.users u on u.id = r.user_id join auth.users v on v.id = r.relative_id
         where r.family_id = $1 order by 1`,
        [cast.id],
      );
    expect((await kin()).map(row => row['line'])).toEqual([
      'Aunt uncle_aunt Kid ?',
      'Kid child Mother true',
      'Kid nephew_niece Aunt ?',
      'Mother parent Kid true',
    ]);
    await stage.as(cast, 'Mother', 'update relationships set is_mahram = true where user_id = $1', [
      idOf(cast, 'Aunt'),
    ]);
    await stage.as(cast, 'Mother', `delete from relationships where type = 'child'`);
    expect((await kin()).map(row => row['line'])).toEqual([
      'Aunt uncle_aunt Kid true',
      'Kid nephew_niece Aunt true',
    ]);
    const trail = await stage.past(
      'select type from ops.audit_events where family_id = $1 order by sequence',
      [cast.id],
    );
    expect(trail.map(({ type }) => type)).toEqual([
      'relationship.created',
      'relationship.created',
      'relationship.changed',
      'relationship.removed',
    ]);
  });

  it('are not related to themselves', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    await expect(
      stage.as(
        cast,
        'Mother',
        `insert into relationships (family_id, user_id, relative_id, type) values ($1, $2, $2, 'sibling')`,
        [cast.id, idOf(cast, 'Mother')],
      ),
    ).rejects.toMatchObject({ reason: 'nobody_is_their_own_relative' });
  });

  it('switch the mahram mode with a trace, and only as admins', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Aunt: 'ADULT_MEMBER' });
    const on = 'update family_settings set mahram_mode = true returning 1';
    expect(await stage.as(cast, 'Aunt', on)).toHaveLength(0);
    expect(await stage.as(cast, 'Mother', on)).toHaveLength(1);
    const trail = await stage.as(cast, 'Mother', 'select type, actor_id, new_state from audit_trail');
    expect(trail).toMatchObject([
      { type: 'policy.mode_changed', actor_id: idOf(cast, 'Mother'), new_state: { mahram_mode: true } },
    ]);
    expect(await stage.as(cast, 'Aunt', 'select from audit_trail')).toEqual([]);
  });

  it('see the name of an account in their family, and no other account at all', async () => {
    const [cast, others] = [await stage.cast({ Mother: 'OWNER' }), await stage.cast({ Stranger: 'OWNER' })];
    const names = await stage.as(cast, 'Mother', 'select display_name from auth.users where id = any ($1)', [
      [idOf(cast, 'Mother'), idOf(others, 'Stranger')],
    ]);
    expect(names).toEqual([{ display_name: 'Mother' }]);
    await expect(stage.as(cast, 'Mother', 'select email from auth.users')).rejects.toMatchObject({
      reason: '42501',
    });
  });

  it('list their own families and nobody else’s', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    await stage.cast({ Stranger: 'OWNER' });
    const rows = await stage.as({ ...cast, id: '' }, 'Mother', 'select family_id, role from my_families');
    expect(rows).toEqual([{ family_id: cast.id, role: 'OWNER' }]);
  });
});

describe('genealogy', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => {
    stage = await Stage.open();
    cast = await stage.cast({ Mother: 'OWNER', Kid: 'CHILD_MEMBER' });
  });
  afterAll(() => stage.close());

  const insert = async (text: string, values: unknown[]): Promise<string> =>
    (await stage.as<{ id: string }>(cast, 'Mother', `${text} returning id`, values))[0]!.id;
  const person = (name: string, birth = '1900', living = false) =>
    insert(
      'insert into genealogy_profiles (family_id, given_names, birth_date, living) values ($1, $2, $3, $4)',
      [cast.id, name, birth, living],
    );
  const couple = (husband: string | null, wife: string | null) =>
    insert('insert into genealogy_unions (family_id, husband_id, wife_id) values ($1, $2, $3)', [
      cast.id,
      husband,
      wife,
    ]);
  const child = (union: string, of: string) =>
    insert('insert into genealogy_children (family_id, union_id, child_id) values ($1, $2, $3)', [
      cast.id,
      union,
      of,
    ]);

  it('refuses that somebody is their own ancestor, however long the way', async () => {
    const [a, b, c] = [await person('A'), await person('B'), await person('C')];
    const [ofA, ofB, ofC] = [await couple(a, null), await couple(null, b), await couple(c, null)];
    await child(ofA, b);
    await child(ofB, c);
    const refused = { reason: 'no_circle_in_parentage' };
    await expect(child(ofC, a)).rejects.toMatchObject(refused);
    await expect(child(ofA, a)).rejects.toMatchObject(refused);
    await expect(
      stage.as(cast, 'Mother', 'update genealogy_unions set wife_id = $2 where id = $1', [ofA, c]),
    ).rejects.toMatchObject(refused);
    await expect(couple(a, a)).rejects.toMatchObject({ reason: 'nobody_marries_themselves' });
  });

  it('walks so many generations up and down', async () => {
    const line: string[] = [];
    for (let generation = 0; generation < 5; generation++)
      line.push(await person(`G${generation}`, String(1800 + 25 * generation)));
    for (let generation = 0; generation < 4; generation++)
      await child(await couple(line[generation]!, null), line[generation + 1]!);
    const tree = async (up: number, down: number) =>
      (
        await stage.as(cast, 'Mother', 'select given_names from family_tree($1, $2, $3)', [line[2], up, down])
      ).map(row => row['given_names']);
    expect(await tree(0, 0)).toEqual(['G2']);
    expect(await tree(1, 1)).toEqual(['G1', 'G2', 'G3']);
    expect(await tree(9, 0)).toEqual(['G0', 'G1', 'G2']);
  });

  it('hides the living from children, and tells the age of everybody else', async () => {
    await person('Living Lena', '1 JAN 1990', true);
    await person('Late Leo', '1 JAN 1900');
    const names = (who: string) =>
      stage.as(
        cast,
        who,
        `select given_names from genealogy_profiles where given_names like 'L%' order by 1`,
      );
    expect((await names('Mother')).map(row => row['given_names'])).toEqual(['Late Leo', 'Living Lena']);
    expect((await names('Kid')).map(row => row['given_names'])).toEqual(['Late Leo']);
    const query = '{ genealogy_profiles(where: {given_names: {_like: "L%"}}) { given_names age } }';
    const { genealogy_profiles: seen } = await stage.ask<{ genealogy_profiles: unknown[] }>(
      cast,
      'Kid',
      query,
      {},
      'permissions',
    );
    expect(seen).toEqual([{ given_names: 'Late Leo', age: null }]);
  });
});
