import { Stage, type Cast } from './stage';

/** What is worked out rather than stored, as a client asks for it. */
describe('functions and computed fields over GraphQL', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());
  beforeEach(async () => {
    cast = await stage.cast({
      Mother: 'OWNER',
      Aunt: 'ADULT_MEMBER',
      Teen: 'YOUTH_MEMBER',
      Kid: 'CHILD_MEMBER',
    });
  });

  const idOf = (name: string) => cast.people[name]!.id;
  const as = <T>(who: string, query: string, variables: Record<string, unknown> = {}) =>
    stage.ask<T>(cast, who, query, variables);
  const publish = async (who: string, body: string, more = ''): Promise<string> => {
    const insert = `mutation { insert_posts_one(object: {body: "${body}"${more}}) { id } }`;
    return (await as<{ insert_posts_one: { id: string } }>(who, insert)).insert_posts_one.id;
  };

  it('the feed: the pinned first, then the newest, of what one may see, page by page', async () => {
    await publish('Aunt', 'one');
    await publish('Aunt', 'two', ', visibility: "adults_only"');
    await publish('Mother', 'three', ', pinned: true');
    await publish('Aunt', 'four');
    const feed = async (who: string, args: string) => {
      const query = `{ visible_feed(args: {${args}}) { body created_at author { displayName } } }`;
      return (await as<{ visible_feed: { body: string; created_at: string }[] }>(who, query)).visible_feed;
    };
    const bodies = (posts: { body: string }[]) => posts.map(({ body }) => body);
    expect(bodies(await feed('Mother', 'most: 9'))).toEqual(['three', 'four', 'two', 'one']);
    expect(bodies(await feed('Teen', 'most: 9'))).toEqual(['three', 'four', 'one']);
    const [, newest] = await feed('Teen', 'most: 2');
    expect(bodies(await feed('Teen', `most: 1, before: "${newest!.created_at}"`))).toEqual(['three']);
    expect(await feed('Teen', 'most: 1')).toMatchObject([{ author: { displayName: 'Mother' } }]);
  });

  it('the reason why somebody cannot see a post, for admins alone', async () => {
    const post = await publish('Aunt', 'Treasure', ', visibility: "adults_only"');
    const why = `query ($viewer: uuid!, $post: uuid!) {
      why_visible(args: {viewer: $viewer, post: $post}) { reason visible } }`;
    expect(await as('Mother', why, { viewer: idOf('Teen'), post })).toEqual({
      why_visible: [{ reason: 'adults_only_content', visible: false }],
    });
    const field = `query ($viewer: uuid!, $post: uuid!) {
      posts_by_pk(id: $post) { visibility_reason(args: {viewer: $viewer}) } }`;
    expect(await as('Mother', field, { viewer: idOf('Teen'), post })).toEqual({
      posts_by_pk: { visibility_reason: 'adults_only_content' },
    });
    await expect(as('Aunt', field, { viewer: idOf('Teen'), post })).rejects.toMatchObject({
      reason: 'validation-failed',
    });
  });

  it('the family tree, so many generations up and down, and the age of everybody in it', async () => {
    const line: string[] = [];
    for (const [name, born, died] of [
      ['Ida', '1 JAN 1900', '2 JAN 1980'],
      ['Jon', 'ABT 1930', '1 JAN 2000'],
      ['Kai', '1 JAN 1960', null],
      ['Lea', null, null],
    ] as const) {
      line.push(await ancestor(name, born, died));
      if (line.length > 1) await descent(line.at(-2)!, line.at(-1)!);
    }
    const tree = async (up: number, down: number) => {
      const query = `query ($of: uuid!) { family_tree(args: {profile: $of, up: ${up}, down: ${down}}) { given_names age } }`;
      const { family_tree } = await as<{ family_tree: { given_names: string; age: number | null }[] }>(
        'Teen',
        query,
        { of: line[1] },
      );
      return Object.fromEntries(family_tree.map(({ given_names, age }) => [given_names, age]));
    };
    expect(await tree(0, 0)).toEqual({ Jon: expect.any(Number) as number });
    expect(await tree(1, 1)).toEqual({
      Ida: 80,
      Jon: expect.any(Number) as number,
      Kai: new Date().getUTCFullYear() - 1960,
    });
    expect(Object.keys(await tree(9, 9)).sort()).toEqual(['Ida', 'Jon', 'Kai', 'Lea']);
    expect((await tree(9, 9))['Lea']).toBeNull();
  });

  it('what a search finds, marked, and counted by kind', async () => {
    await publish('Aunt', 'A walk by the lake');
    await publish('Aunt', 'Lake for two', `, visibility: "private"`);
    const query =
      '{ search(args: {query: "lakes"}) { kind headline } search_facet(args: {query: "lakes"}) { kind hits } }';
    expect(await as('Teen', query)).toEqual({
      search: [{ kind: 'post', headline: expect.stringContaining('<b>lake</b>') as string }],
      search_facet: [{ kind: 'post', hits: 1 }],
    });
  });

  it('usage and limits, for those who steward', async () => {
    await stage.as(cast, 'Mother', `select app.add_usage($1, 'storage_bytes', 12)`, [cast.id]);
    await stage.as(cast, 'Mother', `select app.add_usage($1, 'storage_bytes', 30)`, [cast.id]);
    const query =
      '{ usage_metrics { metric value } quota_defaults(where: {metric: {_eq: "storage_bytes"}}) { alert_at } }';
    expect(await as('Mother', query)).toEqual({
      usage_metrics: [{ metric: 'storage_bytes', value: 42 }],
      quota_defaults: [{ alert_at: 0.8 }],
    });
    await expect(as('Aunt', '{ usage_metrics { value } }')).rejects.toMatchObject({
      reason: 'validation-failed',
    });
  });

  async function ancestor(name: string, born: string | null, died: string | null): Promise<string> {
    const object = { given_names: name, birth_date: born, death_date: died, living: died === null };
    const insert = `mutation ($object: genealogy_profiles_insert_input!) {
      insert_genealogy_profiles_one(object: $object) { id } }`;
    const answer = await as<{ insert_genealogy_profiles_one: { id: string } }>('Aunt', insert, { object });
    return answer.insert_genealogy_profiles_one.id;
  }

  async function descent(parent: string, child: string): Promise<void> {
    const insert = `mutation ($parent: uuid!, $child: uuid!) {
      insert_genealogy_unions_one(object: {wife_id: $parent, children: {data: [{child_id: $child}]}}) { id } }`;
    await as('Aunt', insert, { parent, child });
  }
});
