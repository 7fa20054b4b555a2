/**
 * `docs/data-model.md`: a diagram per domain and a table of who may do what. Tables and keys come from the schema
 * snapshot, domains from the migrations that make them, rights from the metadata: nothing here is written twice.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../root.mjs';

const titles = {
  accounts: 'Accounts',
  sessions: 'Sessions and proofs',
  families: 'Families and members',
  kinship: 'Kinship and visibility',
  feed: 'Feed',
  media: 'Media and albums',
  storage: 'Storage',
  'object-ledger': 'Storage',
  streams: 'Devices, streams and quotas',
  'live-events': 'Live events',
  genealogy: 'Genealogy',
  events: 'Calendar',
  trips: 'Trips and places',
  recipes: 'Recipes and meals',
  chat: 'Chat',
  notifications: 'Notifications',
  vaults: 'Legacy vaults',
  succession: 'Succession and memorials',
  search: 'Search',
  activity: 'Activity',
  audit: 'Audit trail',
  jobs: 'Jobs',
  operations: 'Operations',
};
const roles = ['owner', 'admin_member', 'adult', 'youth', 'child', 'device', 'user'];
const verbs = { select: 'r', insert: 'a', update: 'e', delete: 'd' };

const qualified = name => (name.includes('.') ? name : `public.${name}`);
const bare = name => name.replace(/^public\./, '');
/** Mermaid takes letters, digits and underscores. */
const entity = name => bare(name).replace('.', '_');

/** The tables and views that each migration makes, by domain. */
async function domains() {
  const folder = join(root, 'migrations');
  const files = (await readdir(folder)).filter(name => /^\d{13}-.*\.ts$/.test(name)).sort();
  const found = new Map();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const names = [...text.matchAll(/create (?:table|view) ([a-z_.]+)/g)].map(([, name]) => qualified(name));
    const subject = file.replace(/^\d+-|\.ts$/g, '');
    const title = titles[subject] ?? subject;
    if (names.length > 0) found.set(title, [...(found.get(title) ?? []), ...names]);
  }
  return found;
}

/** Foreign keys as the snapshot writes them; that to the family is on every table and is left out. */
function foreignKeys(snapshot) {
  const keys = [];
  const line = /^constraint \S+ on (\S+) FOREIGN KEY \(([^)]*)\) REFERENCES (\S+?)\(/gm;
  for (const [, from, columns, to] of snapshot.matchAll(line)) {
    const own = columns.split(', ').filter(column => column !== 'family_id');
    if (own.length > 0) keys.push({ from: qualified(from), to: qualified(to), column: own.at(-1) });
  }
  return keys;
}

function columnsOf(snapshot, name) {
  const block =
    new RegExp(`^table ${name.replace('.', '\\.')}(?: row.*)?\\n((?:  .*\\n)*)`, 'm').exec(snapshot)?.[1] ??
    '';
  return block
    .split('\n')
    .map(line => /^ {2}([a-z_0-9]+) ([a-z]+)/.exec(line))
    .filter(match => match && !['grant', 'comment'].includes(match[1]))
    .map(([, column, type]) => ({ column, type }));
}

function diagram(names, keys, snapshot) {
  const inside = new Set(names);
  const seen = new Set();
  const arrows = keys
    .filter(({ from }) => inside.has(from))
    .map(({ from, to, column }) => `  ${entity(to)} ||--o{ ${entity(from)} : ${column}`)
    .filter(arrow => !seen.has(arrow) && seen.add(arrow));
  const boxes = names
    .map(name => [name, columnsOf(snapshot, name)])
    .filter(([, columns]) => columns.length > 0)
    .map(
      ([name, columns]) =>
        `  ${entity(name)} {\n${columns.map(({ column, type }) => `    ${type} ${column}`).join('\n')}\n  }`,
    );
  return `\`\`\`mermaid\nerDiagram\n${[...boxes, ...arrows].join('\n')}\n\`\`\``;
}

async function declared() {
  const folder = join(root, 'hasura', 'metadata', 'databases', 'default', 'tables');
  const tables = new Map();
  for (const file of await readdir(folder)) {
    if (file === 'tables.yaml') continue;
    const table = parse(await readFile(join(folder, file), 'utf8'));
    tables.set(`${table.table.schema}.${table.table.name}`, table);
  }
  return tables;
}

/** Whether a filter lets the whole family's rows through. */
const everyRow = filter => Object.keys(filter).every(key => key === 'family_id' || key === 'deleted_at');

function rights(table, role) {
  return Object.entries(verbs)
    .map(([verb, letter]) => {
      const permission = table[`${verb}_permissions`]?.find(entry => entry.role === role)?.permission;
      if (!permission) return '';
      return everyRow(permission.filter ?? permission.check ?? {}) ? letter.toUpperCase() : letter;
    })
    .join('');
}

function rightsTable(names, tables) {
  const rows = names.filter(name => tables.has(name)).map(name => [name, tables.get(name)]);
  if (rows.length === 0) return 'Not part of the GraphQL API.';
  return [
    `| table | ${roles.join(' | ')} |`,
    `| --- |${' --- |'.repeat(roles.length)}`,
    ...rows.map(
      ([name, table]) => `| \`${bare(name)}\` | ${roles.map(role => rights(table, role)).join(' | ')} |`,
    ),
  ].join('\n');
}

const head = `# Data model

Every family is a tenant. A table of a family carries \`family_id\` and a key to \`families\` (left out of the diagrams),
and points to other tables of the family only together with it, so that no row can point into another family.

Who may do what over GraphQL: **r**ead, **a**dd, **e**dit, **d**elete. A capital letter means every row of the family
(that is not deleted), a small one some of them: one's own, or those that the rules let one see. \`anonymous\` may do
nothing. Generated from schema and metadata by \`npm run generate\`.
`;

export default async function dataModel() {
  const snapshot = await readFile(join(root, 'migrations', 'schema.snapshot.sql'), 'utf8');
  const [byDomain, tables, keys] = [await domains(), await declared(), foreignKeys(snapshot)];
  const chapters = [...byDomain].map(
    ([title, names]) => `## ${title}\n\n${diagram(names, keys, snapshot)}\n\n${rightsTable(names, tables)}\n`,
  );
  return [{ path: 'docs/data-model.md', text: [head, ...chapters].join('\n') }];
}
