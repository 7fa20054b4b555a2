import { auditTypes } from '@nself/audit';
import { Stage, type Cast } from './stage';

describe('the trail of what people do over GraphQL', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());
  beforeEach(async () => {
    cast = await stage.cast({ Mother: 'OWNER', Aunt: 'ADULT_MEMBER', Kid: 'CHILD_MEMBER' });
  });

  const idOf = (name: string) => cast.people[name]!.id;
  const as = (who: string, query: string, variables: Record<string, unknown> = {}) =>
    stage.ask<Record<string, { id: string }>>(cast, who, query, variables);
  const make = async (who: string, table: string, object: object): Promise<string> => {
    const insert = `mutation ($object: ${table}_insert_input!) { made: insert_${table}_one(object: $object) { id } }`;
    return (await as(who, insert, { object }))['made']!.id;
  };
  const trail = async () =>
    (await as('Mother', '{ audit_trail(order_by: {sequence: asc}) { type subject_type actor_id } }'))[
      'audit_trail'
    ];

  it('has a word for everything that the database writes', async () => {
    const rows = await stage.past<{ word: string }>(`
      select distinct word from (
        select (regexp_matches(p.prosrc, 'ops\\.record\\(''([a-z_]+\\.[a-z_]+)''', 'g'))[1] as word from pg_proc p
        union all
        select coalesce(nullif(args[2], ''), args[1] || '.' || verb)
        from   pg_trigger t join pg_proc f on f.oid = t.tgfoid,
               string_to_array(encode(t.tgargs, 'escape'), '\\000') args, unnest(array['created', 'changed', 'removed']) verb
        where  f.proname in ('record_change', 'record_deletion')) words order by word`);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter(({ word }) => !(word in auditTypes))).toEqual([]);
  });

  it('tells of an exception that is asked for, confirmed, and to be confirmed again once it says something else', async () => {
    const id = await make('Aunt', 'visibility_overrides', {
      viewer_id: idOf('Kid'),
      author_id: idOf('Aunt'),
      effect: 'deny',
    });
    const update = `mutation ($id: uuid!, $set: visibility_overrides_set_input!) {
      update_visibility_overrides_by_pk(pk_columns: {id: $id}, _set: $set) { confirmed_by } }`;
    await expect(as('Aunt', update, { id, set: { confirmed_at: 'now()' } })).rejects.toMatchObject({
      reason: 'validation-failed',
    });
    const confirmed = await as('Mother', update, { id, set: { confirmed_at: 'now()' } });
    expect(confirmed).toEqual({ update_visibility_overrides_by_pk: { confirmed_by: idOf('Mother') } });
    const other = await as('Mother', update, { id, set: { effect: 'allow' } });
    expect(other).toEqual({ update_visibility_overrides_by_pk: { confirmed_by: null } });
    const word = { type: 'policy.override_changed', subject_type: 'visibility_override' };
    expect(await trail()).toEqual([
      { ...word, actor_id: idOf('Aunt') },
      { ...word, actor_id: idOf('Mother') },
      { ...word, actor_id: idOf('Mother') },
    ]);
  });

  it('tells of what a child may do, and with whom', async () => {
    await make('Aunt', 'parental_controls', { user_id: idOf('Kid'), contacts_only: true });
    await make('Aunt', 'parental_contacts', { user_id: idOf('Kid'), contact_id: idOf('Aunt') });
    expect(await trail()).toMatchObject([
      { type: 'policy.controls_changed', subject_type: 'parental_control' },
      { type: 'policy.controls_changed', subject_type: 'parental_contact' },
    ]);
  });

  it('tells of what was taken away, by whom, and not what it said', async () => {
    const post = await make('Aunt', 'posts', { body: 'A secret' });
    const marked = `mutation ($id: uuid!) { update_posts_by_pk(pk_columns: {id: $id}, _set: {deleted_at: "now()"}) { id } }`;
    await as('Mother', marked, { id: post });
    const recipe = await make('Aunt', 'recipes', {
      title: 'Soup',
      steps: { data: [{ position: 1, text: 'Boil' }] },
    });
    await as('Aunt', 'mutation ($id: uuid!) { delete_recipes_by_pk(id: $id) { id } }', { id: recipe });
    expect(await trail()).toEqual([
      { type: 'post.deleted', subject_type: 'post', actor_id: idOf('Mother') },
      { type: 'content.deleted', subject_type: 'recipe', actor_id: idOf('Aunt') },
    ]);
    const [{ text } = { text: '' }] = await stage.past<{ text: string }>(
      `select string_agg(e::text, '') as text from ops.audit_events e where family_id = $1`,
      [cast.id],
    );
    expect(text).not.toContain('secret');
  });

  it('tells who may watch what', async () => {
    await make('Mother', 'entitlement_claims', { user_id: idOf('Kid'), parental_level: 6 });
    expect(await trail()).toMatchObject([{ type: 'entitlement.changed', actor_id: idOf('Mother') }]);
  });

  it('shows what is going on to the family, but not what is private, nor what a child does unseen', async () => {
    const seen = async (who: string) => {
      const answer = await stage.ask<{ activity_log: { summary: string }[] }>(
        cast,
        who,
        '{ activity_log(order_by: {created_at: asc}) { summary } }',
      );
      return answer.activity_log.map(({ summary }) => summary);
    };
    await make('Aunt', 'posts', { body: 'For all' });
    await make('Aunt', 'posts', { body: 'For me', visibility: 'private' });
    await stage.past(
      `insert into activity_log (family_id, actor_id, verb, subject_type, summary) values ($1, $2, 'watched', 'stream', 'A film')`,
      [cast.id, idOf('Kid')],
    );
    for (const who of ['Mother', 'Aunt', 'Kid']) expect(await seen(who)).toEqual(['For all', 'A film']);
    await make('Aunt', 'parental_controls', { user_id: idOf('Kid'), activity_visible: false });
    expect(await seen('Aunt')).toEqual(['For all']);
    expect(await seen('Kid')).toEqual(['For all', 'A film']);
  });
});
