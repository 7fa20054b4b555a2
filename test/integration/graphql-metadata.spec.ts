import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, diff, export as exportMetadata, reload } from '../../apps/cli/src/commands/metadata';
import { Alone, as, SECRET } from '../../apps/graphql/src/alone.fixture';

const PERMISSION = `
delete_permissions:
  - role: user
    permission:
      filter:
        id: { _eq: X-Hasura-User-Id }
`;

/** `./nself metadata ...` on a folder in the layout of the Hasura CLI, against an engine that runs alone. */
describe('the metadata of a folder', () => {
  let engine: Alone;
  let folder: string;
  const before = process.env['HASURA_GRAPHQL_ADMIN_SECRET'];

  const file = (path: string): string => join(folder, 'databases/default', path);
  const options = () => ({ folder, endpoint: engine.url, json: true });
  const deletes = async (): Promise<unknown> => {
    const query = 'mutation { delete_author(where: {id: {_eq: -1}}) { affected_rows } }';
    return (await engine.user(1, { query })).body;
  };

  beforeAll(async () => {
    engine = await Alone.open();
    folder = mkdtempSync(join(tmpdir(), 'nself-metadata-'));
    process.env['HASURA_GRAPHQL_ADMIN_SECRET'] = SECRET;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['HASURA_GRAPHQL_ADMIN_SECRET'];
    else process.env['HASURA_GRAPHQL_ADMIN_SECRET'] = before;
    rmSync(folder, { recursive: true });
    await engine.close();
  });

  it('is written as the engine serves it, a file for each table', async () => {
    expect(await exportMetadata(options())).toBe(0);
    expect(readFileSync(file('tables/tables.yaml'), 'utf8')).toContain('!include public_article.yaml');
    expect(readFileSync(file('tables/public_article.yaml'), 'utf8')).toContain('X-Hasura-User-Id');
    expect(await diff(options())).toBe(0);
  });

  it('is served once it is applied', async () => {
    expect(await deletes()).toHaveProperty('errors');
    const author = file('tables/public_author.yaml');
    writeFileSync(author, readFileSync(author, 'utf8') + PERMISSION);
    expect(await diff(options())).toBe(1);
    expect(await apply(options())).toBe(0);
    expect(await diff(options())).toBe(0);
    expect(await deletes()).toEqual({ data: { delete_author: { affected_rows: 0 } } });
  });

  it('may include its files as tags too, which is what they look like', async () => {
    writeFileSync(
      file('tables/tables.yaml'),
      '- !include public_article.yaml\n- !include public_author.yaml\n',
    );
    expect(await diff(options())).toBe(0);
  });

  it('is served as far as it fits the database, and the rest is told', async () => {
    writeFileSync(file('tables/public_ghost.yaml'), 'table: { schema: public, name: ghost }\n');
    writeFileSync(
      file('tables/tables.yaml'),
      '- "!include public_article.yaml"\n- "!include public_author.yaml"\n- "!include public_ghost.yaml"\n',
    );
    expect(await apply(options())).toBe(1);
    expect(
      (await engine.admin('/v1/graphql', { query: '{ author_by_pk(id: 1) { name } }' }, as(1))).body,
    ).toEqual({ data: { author_by_pk: { name: 'Ann' } } });
    expect(await reload(options())).toBe(1);
    await engine.sql('create table ghost (id int primary key)');
    expect(await reload(options())).toBe(0);
  });
});
