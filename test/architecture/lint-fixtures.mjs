/**
 * Runs the real ESLint configuration over the fixtures, each as if it stood at the path in its first line (`// at`), and
 * prints what was found as JSON. A program of its own, because ESLint loads its configuration as an ES module.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const fixtures = join(here, 'fixtures');

/** Rules that ask the type checker see only files of the project: their fixtures stand in for a file that is there. */
const TYPED = ['no-floating-promises', 'no-misused-promises', 'await-thenable'].map(
  name => `@typescript-eslint/${name}`,
);
const typed = new ESLint({ cwd: root, ignore: false });
const untyped = new ESLint({
  cwd: root,
  ignore: false,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: Object.fromEntries(TYPED.map(name => [name, 'off'])),
  },
});

async function rulesBroken(eslint, file) {
  const [first, ...rest] = readFileSync(file, 'utf8').split('\n');
  const [result] = await eslint.lintText(rest.join('\n'), {
    filePath: join(root, first.replace('// at ', '')),
  });
  return [...new Set(result.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

const found = {};
for (const rule of readdirSync(fixtures)) {
  if (rule === 'cycle') continue;
  const [red, green] = [join(fixtures, rule, 'red.txt'), join(fixtures, rule, 'green.txt')];
  const name = rule.replace('.', '/');
  const eslint = TYPED.includes(name) ? typed : untyped;
  found[name] = { red: await rulesBroken(eslint, red), green: await rulesBroken(eslint, green) };
}
const { rules } = await typed.calculateConfigForFile(join(root, 'apps/api/src/late.ts'));
const enabled = Object.keys(rules).filter(name => rules[name][0] === 2);
process.stdout.write(JSON.stringify({ found, enabled }));
