import { casesOf } from './cases';
import { Stage, type Cast } from './stage';

interface Case {
  locale: string;
  things: string[];
  search: string;
  finds: string[];
  marks?: string;
}

describe('search', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const tell = async (cast: Cast, who: string, words: string, visibility = 'family'): Promise<string> => {
    const [post] = await stage.as<{ id: string }>(
      cast,
      who,
      `insert into posts (family_id, author_id, body, visibility) values ($1, app.user_id(), $2, $3) returning id`,
      [cast.id, words, visibility],
    );
    return post!.id;
  };

  async function found(cast: Cast, who: string, words: string): Promise<unknown[]> {
    const rows = await stage.as(
      cast,
      who,
      `select p.body from search($1) s join posts p on p.id = s.content_id order by p.body`,
      [words],
    );
    return rows.map(row => row['body']);
  }

  it.each(casesOf<Case>('search'))('%s', async (_, { locale, things, search, finds, marks }) => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    await stage.past('update families set locale = $2 where id = $1', [cast.id, locale]);
    for (const thing of things) await tell(cast, 'Mother', thing);
    expect(await found(cast, 'Mother', search)).toEqual([...finds].sort());
    const [hit] = await stage.as(cast, 'Mother', 'select headline from search($1)', [search]);
    if (marks) expect(hit?.['headline']).toContain(`<b>${marks}</b>`);
  });

  it('shows what one may see and nothing else, of one family', async () => {
    const [cast, others] = [await everybody(), await everybody()];
    for (const visibility of ['family', 'adults_only', 'private'])
      await tell(cast, 'Aunt', `Treasure ${visibility}`, visibility);
    await tell(others, 'Aunt', 'Treasure of others');
    const seen = async (who: string) =>
      (await found(cast, who, 'treasure')).map(body => String(body).split(' ')[1]);
    expect(await seen('Aunt')).toEqual(['adults_only', 'family', 'private']);
    expect(await seen('Mother')).toEqual(['adults_only', 'family']);
    expect(await seen('Teen')).toEqual(['family']);
    expect(await seen('Kid')).toEqual(['family']);
    const { search } = await stage.ask<{ search: { title: string }[] }>(
      cast,
      'Teen',
      '{ search(args: {query: "treasure"}) { content_id kind headline } }',
    );
    expect(search).toMatchObject([
      { kind: 'post', headline: expect.stringContaining('<b>Treasure</b>') as string },
    ]);
  });

  it('follows every change at once', async () => {
    const cast = await everybody();
    const post = await tell(cast, 'Aunt', 'The red bicycle');
    await stage.as(cast, 'Aunt', `update posts set body = 'The blue bicycle' where id = $1`, [post]);
    expect([await found(cast, 'Mother', 'red'), await found(cast, 'Mother', 'blue')]).toEqual([
      [],
      ['The blue bicycle'],
    ]);
    await stage.as(cast, 'Aunt', 'update posts set deleted_at = now() where id = $1', [post]);
    expect(await stage.past('select from search_index where content_id = $1', [post])).toEqual([]);
    await stage.as(cast, 'Aunt', 'update posts set deleted_at = null where id = $1', [post]);
    expect(await found(cast, 'Mother', 'blue')).toEqual(['The blue bicycle']);
    await stage.as(cast, 'Aunt', 'delete from posts where id = $1', [post]);
    expect(await stage.past('select from search_index where content_id = $1', [post])).toEqual([]);
  });

  const kinds: [kind: string, table: string, row: string][] = [
    ['album', 'albums (title, author_id, family_id)', `'Lighthouse'`],
    ['event', 'events (title, starts_at, ends_at, author_id, family_id)', `'Lighthouse', now(), now()`],
    ['recipe', 'recipes (title, author_id, family_id)', `'Lighthouse'`],
    [
      'trip',
      'trips (title, starts_on, ends_on, author_id, family_id)',
      `'Lighthouse', '2026-01-01', '2026-01-02'`,
    ],
    ['person', 'genealogy_profiles (surname, created_by, family_id)', `'Lighthouse'`],
  ];
  it.each(kinds)('finds a thing of the kind %s until it is gone', async (kind, columns, row) => {
    const cast = await everybody();
    const hits = () => stage.as(cast, 'Mother', `select kind, title from search('lighthouse')`);
    await stage.as(cast, 'Aunt', `insert into ${columns} values (${row}, app.user_id(), app.family_id())`);
    expect(await hits()).toEqual([{ kind, title: expect.stringContaining('Lighthouse') as string }]);
    await stage.as(cast, 'Aunt', `delete from ${columns.split(' ')[0]}`);
    expect(await hits()).toEqual([]);
  });

  it('follows the family into another language', async () => {
    const cast = await everybody();
    await tell(cast, 'Aunt', 'Was die Kinder sahen');
    const inGerman = () =>
      stage.past(
        `select document @@ websearch_to_tsquery('german', 'Kindern') as found from search_index where family_id = $1`,
        [cast.id],
      );
    expect(await inGerman()).toEqual([{ found: false }]);
    await stage.as(cast, 'Mother', `update families set locale = 'de'`);
    expect(await inGerman()).toEqual([{ found: true }]);
  });

  it('counts by kind', async () => {
    const cast = await everybody();
    await tell(cast, 'Aunt', 'Lake');
    await tell(cast, 'Aunt', 'Lake for two', 'private');
    await stage.as(
      cast,
      'Aunt',
      `insert into trips (family_id, author_id, title, starts_on, ends_on) values ($1, app.user_id(), 'To the lake', '2026-01-01', '2026-01-02')`,
      [cast.id],
    );
    const facets = await stage.as(
      cast,
      'Mother',
      `select kind, hits::int from search_facet('lake') order by kind`,
    );
    expect(facets).toEqual([
      { kind: 'post', hits: 1 },
      { kind: 'trip', hits: 1 },
    ]);
  });

  const everybody = () =>
    stage.cast({ Mother: 'OWNER', Aunt: 'ADULT_MEMBER', Teen: 'YOUTH_MEMBER', Kid: 'CHILD_MEMBER' });
});
