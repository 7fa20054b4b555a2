import { Alone } from './alone.fixture';

const level = '{ level { word } }';
const again = 'mutation { insert_author_one(object: {id: 1, name: "Ann"}) { id } }';

describe('a request', () => {
  it.each([
    ['read-committed', 'read committed'],
    ['repeatable-read', 'repeatable read'],
    ['serializable', 'serializable'],
  ])('is a transaction of the isolation that is asked for: %s', async (asked, told) => {
    const engine = await Alone.open({ HASURA_GRAPHQL_TX_ISOLATION: asked });
    await engine.sql(`create view level as select current_setting('transaction_isolation') as word`);
    await engine.metadata('pg_track_table', { source: 'default', table: 'level' });
    const ask = async (query: string): Promise<unknown> =>
      (await engine.admin('/v1/graphql', { query })).body;
    expect(await ask(level)).toEqual({ data: { level: [{ word: told }] } });
    expect(await ask(again)).toMatchObject({ errors: [{ extensions: { code: 'constraint-violation' } }] });
    expect(await ask(level)).toEqual({ data: { level: [{ word: told }] } });
    await engine.close();
  });
});
