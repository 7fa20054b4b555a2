import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTypeScript } from '../load-typescript.mjs';
import { root } from '../root.mjs';

const header = 'Generated from the settings in the code by `npm run generate`.';

/** Every file that declares settings, so that a room is documented without being listed anywhere. */
function declaringFiles() {
  return ['libs', 'apps']
    .flatMap(area => readdirSync(join(root, area), { recursive: true }).map(file => join(area, file)))
    .filter(
      file => file.endsWith('.ts') && !/\.(spec|fixture|d)\.ts$/.test(file) && !file.includes('node_modules'),
    )
    .filter(file => readFileSync(join(root, file), 'utf8').includes('defineSettings('))
    .sort();
}

function declarations() {
  for (const file of declaringFiles()) loadTypeScript(file);
  return loadTypeScript('libs/kernel/src/index.ts').declaredSettings();
}

/** One entry per variable, in the room that declares it first; several rooms may read the same. */
function rooms() {
  const seen = new Set();
  const entries = declarations().map(({ room, settings }) => {
    const own = Object.values(settings).filter(({ env }) => !seen.has(env));
    for (const { env } of own) seen.add(env);
    return { room, settings: own };
  });
  return entries.filter(({ settings }) => settings.length > 0).sort((a, b) => (a.room < b.room ? -1 : 1));
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
];

function written(value, shape) {
  if (Array.isArray(value)) return value.join(',');
  if (!shape.expected.startsWith('a duration')) return String(value);
  const [size, unit] = UNITS.find(([each]) => value >= each && value % each === 0) ?? [1, 'ms'];
  return `${value / size}${unit}`;
}

function defaultOf({ default: value, derived, optional, shape }) {
  if (value !== undefined) return written(value, shape);
  if (derived) return derived.says;
  return optional ? '' : undefined;
}

const code = text => (text === '' ? 'none' : `\`${text}\``);

const row = setting => {
  const value = defaultOf(setting);
  return `| \`${setting.env}\` | ${setting.meaning} | ${setting.shape.expected} | ${value === undefined ? '**required**' : code(value)} |`;
};

const reference = groups => `# Settings

Every port, address and secret is an environment variable, read and validated once at start; a service that finds faults
prints one line for each and does not start. \`./nself start\` makes what is required on its first run and writes it to
\`.env\`. ${header}
${groups
  .map(
    ({ room, settings }) => `
## ${room}

| name | meaning | expected | default |
| --- | --- | --- | --- |
${settings.map(row).join('\n')}
`,
  )
  .join('')}`;

const example = groups => `# ${header}
# Lines without # are required; ./nself start fills them in. The others show their defaults.
${groups.map(({ room, settings }) => `\n# --- ${room}\n${settings.map(exampleLine).join('')}`).join('')}`;

function exampleLine(setting) {
  const value = defaultOf(setting);
  const line = value === undefined ? `${setting.env}=` : `# ${setting.env}=${setting.derived ? '' : value}`;
  const how = setting.derived ? ` Default: ${setting.derived.says}.` : '';
  return `# ${setting.meaning} Expected: ${setting.shape.expected}.${how}\n${line}\n`;
}

/** The reference of all settings, and the example of an environment file. */
export default async function settings() {
  const groups = rooms();
  return [
    { path: 'docs/settings.md', text: reference(groups) },
    { path: '.env.example', text: example(groups) },
  ];
}
