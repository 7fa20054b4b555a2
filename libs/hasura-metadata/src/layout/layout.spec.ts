import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMetadata, type Metadata } from '../document';
import { readLayout, readMetadataFolder, writeLayout, writeMetadataFolder } from '.';

const metadata: Metadata = parseMetadata({
  version: 3,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      tables: [
        { table: { schema: 'public', name: 'posts' } },
        { table: { schema: 'public', name: '../odd "name"' } },
        { table: { schema: 'public', name: '../odd name!!' } },
      ],
      functions: [{ function: { schema: 'public', name: 'search' } }],
    },
  ],
  inherited_roles: [{ role_name: 'all', role_set: ['a', 'b'] }],
  actions: [
    {
      name: 'greet',
      definition: {
        handler: 'http://x',
        type: 'query',
        output_type: 'Greeting!',
        arguments: [{ name: 'who', type: 'Who!', description: 'whom to greet' }],
      },
      permissions: [{ role: 'user' }],
    },
  ],
  custom_types: {
    input_objects: [
      { name: 'Who', fields: [{ name: 'name', type: 'String!', description: ' two\nlines ' }] },
    ],
    objects: [
      { name: 'Greeting', fields: [{ name: 'text', type: 'String' }], description: 'a "quoted" \\word"' },
    ],
    scalars: [{ name: 'Tone', description: 'how it is said' }],
    enums: [
      {
        name: 'Mood',
        description: 'of whoever greets',
        values: [
          { value: 'GLAD', description: 'smiling' },
          { value: 'SAD', is_deprecated: true },
        ],
      },
    ],
  },
});

const read = (files: Readonly<Record<string, string>>): Metadata => readLayout(path => files[path]);

describe('the layout of the Hasura CLI', () => {
  it('gives back the document that went in', () => {
    expect(read(Object.fromEntries(writeLayout(metadata)))).toEqual(metadata);
  });

  it('gives every table a file of its own, whatever its name is', () => {
    const files = [...writeLayout(metadata).keys()].filter(path => path.includes('/tables/'));
    expect(files.sort()).toEqual([
      'databases/default/tables/public____odd__name_.yaml',
      'databases/default/tables/public____odd_name__.yaml',
      'databases/default/tables/public_posts.yaml',
      'databases/default/tables/tables.yaml',
    ]);
  });

  it('removes the files of what is gone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nself-layout-'));
    writeMetadataFolder(folder, metadata);
    writeMetadataFolder(folder, { version: 3, sources: [] });
    expect(readMetadataFolder(folder)).toEqual({ version: 3, sources: [] });
    writeFileSync(join(folder, 'version.yaml'), 'version: 2\nsources: [');
    expect(() => readMetadataFolder(folder)).toThrow();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a folder without a version', {}, 'the file is missing'],
    ['an included file that is missing', { 'databases/databases.yaml': '!include x.yaml' }, 'is missing'],
    ['an included file outside', { 'databases/databases.yaml': '!include ../../etc/passwd' }, 'outside'],
    ['text that is not YAML', { 'databases/databases.yaml': '[' }, 'Flow sequence'],
    [
      'an action without its field',
      { 'actions.yaml': 'actions: [{name: a, definition: {}}]' },
      'not declared',
    ],
    ['SDL that cannot be read', { 'actions.graphql': 'type {' }, 'Syntax Error'],
  ])('refuses %s', (name, files, message) => {
    const version: Record<string, string> = name.includes('version') ? {} : { 'version.yaml': 'version: 3' };
    expect(() => read({ ...version, ...(files as Record<string, string>) })).toThrow(message);
  });

  it('reads the metadata of this house', () => {
    const folder = join(__dirname, '../../../../hasura/metadata');
    const tables = readMetadataFolder(folder).sources[0]?.tables ?? [];
    expect(tables.length).toBeGreaterThan(30);
  });
});
