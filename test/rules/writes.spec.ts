import { randomUUID } from 'node:crypto';
import { Stage, type Cast } from './stage';

/** What the family's apps write all day, as one request each, under all walls at once. */
describe('everyday writes over GraphQL', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => {
    stage = await Stage.open();
    cast = await stage.cast({
      Mother: 'OWNER',
      Aunt: 'ADULT_MEMBER',
      Teen: 'YOUTH_MEMBER',
      Kid: 'CHILD_MEMBER',
    });
  });
  afterAll(() => stage.close());

  const idOf = (name: string) => cast.people[name]!.id;
  const as = <T>(who: string, query: string, variables: Record<string, unknown> = {}) =>
    stage.ask<T>(cast, who, query, variables);

  it('a private post with its audience', async () => {
    const { insert_posts_one: post } = await as<{ insert_posts_one: { id: string; author: unknown } }>(
      'Aunt',
      `mutation ($to: uuid!) { insert_posts_one(object: {body: "For you", visibility: "private", audience: {data: [{user_id: $to}]}}) {
         id author { displayName } audience { user { displayName } } } }`,
      { to: idOf('Teen') },
    );
    expect(post).toMatchObject({
      author: { displayName: 'Aunt' },
      audience: [{ user: { displayName: 'Teen' } }],
    });
    const read = `query ($id: uuid!) { posts_by_pk(id: $id) { body } }`;
    expect(await as('Teen', read, { id: post.id })).toEqual({ posts_by_pk: { body: 'For you' } });
    expect(await as('Mother', read, { id: post.id })).toEqual({ posts_by_pk: null });
  });

  it('a post without a word about who may see it, as the family wishes', async () => {
    const wish =
      'mutation ($as: String!) { update_family_settings(where: {}, _set: {default_visibility: $as}) { affected_rows } }';
    await as('Mother', wish, { as: 'adults_only' });
    const post = 'mutation { insert_posts_one(object: {body: "Hm"}) { visibility } }';
    expect(await as('Aunt', post)).toEqual({ insert_posts_one: { visibility: 'adults_only' } });
    await as('Mother', wish, { as: 'family' });
    expect(await as('Aunt', post)).toEqual({ insert_posts_one: { visibility: 'family' } });
  });

  it('a remark, a reaction, and their counts', async () => {
    const { insert_posts_one: post } = await as<{ insert_posts_one: { id: string } }>(
      'Aunt',
      'mutation { insert_posts_one(object: {body: "News"}) { id } }',
    );
    await as(
      'Teen',
      'mutation ($id: uuid!) { insert_post_comments_one(object: {post_id: $id, body: "Nice"}) { id } }',
      { id: post.id },
    );
    await as(
      'Kid',
      'mutation ($id: uuid!) { insert_post_reactions_one(object: {post_id: $id, emoji: "+1"}) { id } }',
      { id: post.id },
    );
    const counts =
      'query ($id: uuid!) { posts_by_pk(id: $id) { comments_aggregate { aggregate { count } } reactions { user { displayName } } } }';
    expect(await as('Mother', counts, { id: post.id })).toEqual({
      posts_by_pk: {
        comments_aggregate: { aggregate: { count: 1 } },
        reactions: [{ user: { displayName: 'Kid' } }],
      },
    });
  });

  it('taking a post back, and an admin taking away the post of somebody else, but never rewriting it', async () => {
    const { insert_posts_one: post } = await as<{ insert_posts_one: { id: string } }>(
      'Aunt',
      'mutation { insert_posts_one(object: {body: "Oops"}) { id } }',
    );
    const rewrite =
      'mutation ($id: uuid!) { update_posts_by_pk(pk_columns: {id: $id}, _set: {body: "I am silly"}) { id } }';
    const remove =
      'mutation ($id: uuid!) { update_posts_by_pk(pk_columns: {id: $id}, _set: {deleted_at: "now()"}) { id } }';
    await expect(as('Mother', rewrite, { id: post.id })).rejects.toThrow();
    expect(await as('Teen', remove, { id: post.id })).toEqual({ update_posts_by_pk: null });
    await as('Mother', remove, { id: post.id });
    expect(await stage.past('select deleted_by from posts where id = $1', [post.id])).toEqual([
      { deleted_by: idOf('Mother') },
    ]);
    expect(await as('Aunt', 'query ($id: uuid!) { posts_by_pk(id: $id) { id } }', { id: post.id })).toEqual({
      posts_by_pk: null,
    });
  });

  it('a recipe with ingredients and steps, planned for dinner', async () => {
    const { insert_recipes_one: recipe } = await as<{ insert_recipes_one: { id: string } }>(
      'Teen',
      `mutation { insert_recipes_one(object: {title: "Soup", servings: 4,
         ingredients: {data: [{position: 1, name: "Water", amount: 1, unit: "l"}]}, steps: {data: [{position: 1, text: "Boil"}]}}) {
         id ingredients { name } steps { text } } }`,
    );
    expect(recipe).toMatchObject({ ingredients: [{ name: 'Water' }], steps: [{ text: 'Boil' }] });
    await as(
      'Aunt',
      'mutation ($id: uuid!) { insert_meal_plans_one(object: {date: "2026-05-01", meal: "dinner", recipe_id: $id, servings: 2}) { id } }',
      { id: recipe.id },
    );
    const list =
      '{ shopping_list(args: {from_date: "2026-05-01", until_date: "2026-05-02"}) { ingredient unit amount } }';
    expect(await as('Mother', list)).toEqual({
      shopping_list: [{ ingredient: 'water', unit: 'ml', amount: 500 }],
    });
  });

  it('a conversation with its members, and a message in it', async () => {
    const { insert_conversations_one: conversation } = await as<{ insert_conversations_one: { id: string } }>(
      'Aunt',
      'mutation { insert_conversations_one(object: {type: "group", title: "Us"}) { id } }',
    );
    const { id } = conversation;
    await as(
      'Aunt',
      'mutation ($id: uuid!, $who: uuid!) { insert_conversation_members_one(object: {conversation_id: $id, user_id: $who}) { id } }',
      { id, who: idOf('Teen') },
    );
    await as(
      'Teen',
      'mutation ($id: uuid!) { insert_messages_one(object: {conversation_id: $id, content: "Hi"}) { id sender { displayName } } }',
      { id },
    );
    const read =
      '{ conversations { title unread_count members(order_by: {role: asc}) { role user { displayName } } messages { content } } }';
    expect(await as('Aunt', read)).toMatchObject({
      conversations: [{ title: 'Us', unread_count: 1, messages: [{ content: 'Hi' }] }],
    });
    expect(await as('Mother', '{ conversations { id } }')).toEqual({ conversations: [] });
    await as(
      'Aunt',
      `mutation ($id: uuid!) { insert_read_states_one(object: {conversation_id: $id},
      on_conflict: {constraint: one_read_state_each, update_columns: [read_at]}) { id } }`,
      { id },
    );
    expect(await as('Aunt', '{ conversations { unread_count } }')).toEqual({
      conversations: [{ unread_count: 0 }],
    });
  });

  it('an event with guests, and the answer of one', async () => {
    const { insert_events_one: event } = await as<{ insert_events_one: { id: string } }>(
      'Aunt',
      `mutation ($who: uuid!) { insert_events_one(object: {title: "Feast", visibility: "private", starts_at: "2026-05-01T18:00Z", ends_at: "2026-05-01T20:00Z",
         rrule: "FREQ=YEARLY", invites: {data: [{user_id: $who}]}}) { id invites { status } } }`,
      { who: idOf('Teen') },
    );
    const answer =
      'mutation ($id: uuid!) { update_event_invites(where: {event_id: {_eq: $id}}, _set: {status: "accepted"}) { affected_rows } }';
    expect(await as('Mother', answer, { id: event.id })).toEqual({
      update_event_invites: { affected_rows: 0 },
    });
    expect(await as('Teen', answer, { id: event.id })).toEqual({
      update_event_invites: { affected_rows: 1 },
    });
    expect(
      await as('Mother', 'query ($id: uuid!) { events_by_pk(id: $id) { title } }', { id: event.id }),
    ).toEqual({ events_by_pk: null });
  });

  it('kin, which at once stands both ways, with what is mahram by itself', async () => {
    await as(
      'Mother',
      'mutation ($who: uuid!, $of: uuid!) { insert_relationships_one(object: {user_id: $who, relative_id: $of, type: "parent"}) { id } }',
      { who: idOf('Mother'), of: idOf('Teen') },
    );
    const kin = `query ($who: uuid!) {
      relationships(where: {user_id: {_eq: $who}}) { type is_mahram relative { displayName } } }`;
    expect(await as('Kid', kin, { who: idOf('Teen') })).toEqual({
      relationships: [{ type: 'child', is_mahram: true, relative: { displayName: 'Mother' } }],
    });
  });

  it('a place that is shared for a while, of which adults see the newest', async () => {
    const share = (latitude: number, hours: number) =>
      as(
        'Teen',
        `mutation ($until: timestamptz!) {
           insert_location_shares_one(object: {latitude: ${latitude}, longitude: 13, expires_at: $until}) { id } }`,
        { until: new Date(Date.now() + hours * 3_600_000).toISOString() },
      );
    await share(52, 2);
    await share(53, 1);
    await expect(share(54, 25)).rejects.toMatchObject({ reason: 'permission-error' });
    const seen = '{ current_locations { latitude user { displayName } } }';
    expect(await as('Aunt', seen)).toEqual({
      current_locations: [{ latitude: 53, user: { displayName: 'Teen' } }],
    });
    await expect(as('Kid', seen)).rejects.toMatchObject({ reason: 'validation-failed' });
  });

  it('news, which are for one person alone, and are read by her', async () => {
    await stage.as(cast, 'Mother', `select app.notify($1, 'comment', 'Nice', '', 'post:1')`, [idOf('Aunt')]);
    const news = '{ notification_events(where: {channel: {_eq: "in_app"}}) { title status } }';
    expect(await as('Aunt', news)).toEqual({ notification_events: [{ title: 'Nice', status: 'pending' }] });
    const read =
      'mutation { update_notification_events(where: {}, _set: {status: "read", read_at: "now()"}) { affected_rows } }';
    expect(await as('Mother', news)).toEqual({ notification_events: [] });
    expect(await as('Mother', read)).toEqual({ update_notification_events: { affected_rows: 0 } });
    await as('Aunt', read);
    expect(await as('Aunt', news)).toEqual({ notification_events: [{ title: 'Nice', status: 'read' }] });
  });

  it('a child makes nothing, a device and a stranger have no words for it', async () => {
    await expect(
      as('Kid', 'mutation { insert_posts_one(object: {body: "x"}) { id } }'),
    ).rejects.toMatchObject({ reason: 'validation-failed' });
    await expect(stage.ask(cast, { id: '', role: 'DEVICE' }, '{ posts { id } }')).rejects.toMatchObject({
      reason: 'validation-failed',
    });
  });

  it('a row under an id that the client made itself', async () => {
    const id = randomUUID();
    const insert = 'mutation ($id: uuid!) { insert_albums_one(object: {id: $id, title: "Ours"}) { id } }';
    expect(await as('Aunt', insert, { id })).toEqual({ insert_albums_one: { id } });
  });
});
