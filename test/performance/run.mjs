// `npm run bench -- <name>`: runs test/performance/<name>.bench.mjs, prints what it measured, and keeps it in
// docs/performance.md, where each bench has a section of its own.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const page = join(here, '..', '..', 'docs', 'performance.md');
const known = readdirSync(here)
  .filter(file => file.endsWith('.bench.mjs'))
  .map(file => file.replace('.bench.mjs', ''));
const [name, ...options] = process.argv.slice(2);

if (!known.includes(name)) {
  console.error(`There is no bench "${name ?? ''}". There are: ${known.join(', ')}.`);
  process.exit(1);
}

const { title, run } = await import(`./${name}.bench.mjs`);
const measured = await run(options);
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const section = `## ${title}\n\n${measured.trim()}\n\nMeasured on ${machine}.\n`;
console.log(`\n${section}`);
keep(name, section);

/** Replaces the section of this bench and leaves the others. */
function keep(bench, text) {
  const [begin, end] = [`<!-- bench:${bench} -->`, `<!-- /bench:${bench} -->`];
  const before = existsSync(page)
    ? readFileSync(page, 'utf8')
    : '# Performance\n\nMeasured by `npm run bench -- <name>`; the numbers are what the last run saw.\n';
  const block = `${begin}\n${text}${end}`;
  const [head, rest] = before.split(begin);
  const after =
    rest === undefined ? `${before.trimEnd()}\n\n${block}\n` : `${head}${block}${rest.split(end)[1]}`;
  writeFileSync(page, after);
}
