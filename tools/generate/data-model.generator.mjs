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

/** The tables and views that each migration makes, by domain; what one makes anew stays where it was first. */
async function domains() {
  const folder = join(root, 'migrations');
  const files = (await readdir(folder)).filter(name => /^\d{13}-.*\.ts$/.test(name)).sort();
  const found = new Map();
  const seen = new Set();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const made = [...text.matchAll(/create (?:table|view) ([a-z_.]+)/g)].map(([, name]) => qualified(name));
    const names = made.filter(name => !seen.has(name));
    names.forEach(name => seen.add(name));
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

/** What the snapshot tells of a table: its columns, and what it is. Nothing for a view. */
function tableOf(snapshot, name) {
  const start = new RegExp(`^table ${name.replace('.', '\\.')}(?: row.*)?\\n((?:  .*\\n)*)`, 'm');
  const lines = (start.exec(snapshot)?.[1] ?? '').split('\n');
  const comment = lines.map(line => /^ {2}comment '(.*)'$/.exec(line)?.[1]).find(Boolean);
  const columns = lines
    .map(line =>
      /^ {2}(\w+) ([a-z.]+)( (?:with|without) time zone| varying| precision)?(?:\(\d+\))?(\[\])?/.exec(line),
    )
    .filter(match => match && !['grant', 'comment'].includes(match[1]))
    .map(([, column, type, more, list]) => ({ column, type: short(type + (more ?? '')) + (list ?? '') }));
  return { comment: comment?.replaceAll("''", "'"), columns };
}

const short = type =>
  ({
    'timestamp with time zone': 'timestamptz',
    'time without time zone': 'time',
    'character varying': 'varchar',
    'double precision': 'double',
  })[type] ?? type.replace(/^\w+\./, '');

/** The column that names a row, where one does. */
const primaryKey = (snapshot, name) =>
  new RegExp(`^constraint \\S+ on ${bare(name).replace('.', '\\.')} PRIMARY KEY \\((\\w+)\\)`, 'm').exec(
    snapshot,
  )?.[1];

/** On every table, or nearly: said once at the top of the document instead of in each box. */
const everywhere = ['family_id', 'created_at', 'updated_at'];

function diagram(names, keys, snapshot) {
  const inside = new Set(names);
  const own = keys.filter(({ from }) => inside.has(from));
  const arrows = own.map(({ from, to, column }) => `  ${entity(to)} ||--o{ ${entity(from)} : ${column}`);
  const boxes = names
    .map(name => [name, tableOf(snapshot, name).columns.filter(({ column }) => !everywhere.includes(column))])
    .filter(([, columns]) => columns.length > 0)
    .map(([name, columns]) => {
      const pointing = new Set(own.filter(({ from }) => from === name).map(({ column }) => column));
      const mark = column =>
        column === primaryKey(snapshot, name) ? ' PK' : pointing.has(column) ? ' FK' : '';
      const lines = columns.map(({ column, type }) => `    ${type} ${column}${mark(column)}`);
      return `  ${entity(name)} {\n${lines.join('\n')}\n  }`;
    });
  return `\`\`\`mermaid\nerDiagram\n${[...boxes, ...new Set(arrows)].join('\n')}\n\`\`\``;
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

/** What each table and view of a domain is, and who may do what with it. */
function rightsTable(names, tables, comments, snapshot) {
  const rows = names.map(name => {
    const what = tableOf(snapshot, name).comment ?? comments.get(name) ?? '';
    const table = tables.get(name);
    const may = table ? roles.map(role => rights(table, role)) : roles.map(() => '');
    return `| \`${bare(name)}\` | ${what} | ${may.map(letters => letters || '–').join(' | ')} |`;
  });
  return [
    `| table | what it is | ${roles.join(' | ')} |`,
    `| --- | --- |${' --- |'.repeat(roles.length)}`,
    ...rows,
  ].join('\n');
}

const head = `# Data model

Every family is a tenant. A table of a family carries \`family_id\` and a key to \`families\`, and points to other tables
of the family only together with it, so that no row can point into another family. That column, and the times
\`created_at\` and \`updated_at\`, which the database keeps by itself, are left out of the diagrams.

Who may do what over GraphQL: **r**ead, **a**dd, **e**dit, **d**elete. A capital letter means every row of the family
(that is not deleted), a small one some of them: one's own, or those that the rules let one see. A dash means nothing
at all, and so does a role that is not there: \`anonymous\` may do nothing anywhere. Generated from schema and metadata
by \`npm run generate\`.
`;

/** What the migrations say about the views: the snapshot keeps the comments of tables. */
async function viewComments() {
  const folder = join(root, 'migrations');
  const found = new Map();
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.ts'))) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, name, comment] of text.matchAll(/comment on view (\S+)\s+is\s+'((?:[^']|'')*)'/g))
      found.set(qualified(name), comment.replaceAll("''", "'"));
  }
  return found;
}

const linkTo = title =>
  `- [${title}](#${title
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '-')})`;

export default async function dataModel() {
  const snapshot = await readFile(join(root, 'migrations', 'schema.snapshot.sql'), 'utf8');
  const [byDomain, tables, comments] = [await domains(), await declared(), await viewComments()];
  const keys = foreignKeys(snapshot);
  const chapters = [...byDomain].map(
    ([title, names]) =>
      `## ${title}\n\n${rightsTable(names, tables, comments, snapshot)}\n\n${diagram(names, keys, snapshot)}\n`,
  );
  const contents = `${[...byDomain.keys()].map(linkTo).join('\n')}\n`;
  return [{ path: 'docs/data-model.md', text: [head, contents, ...chapters].join('\n') }];
}
