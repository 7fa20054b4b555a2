import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plugin } from '../../tools/lint';

interface Findings {
  readonly found: Record<string, { readonly red: string[]; readonly green: string[] }>;
  readonly enabled: string[];
}

const ROOT = join(__dirname, '..', '..');

/** Rules that the house wrote or chose on its own account; those of a preset are tested by their makers. */
const CHOSEN = [
  ...Object.keys(plugin.rules).map(name => `nself/${name}`),
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/ban-ts-comment',
  '@typescript-eslint/no-non-null-assertion',
  '@typescript-eslint/no-unused-vars',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  '@typescript-eslint/await-thenable',
  'max-lines',
  'max-lines-per-function',
  'no-warning-comments',
  'no-restricted-syntax',
  'no-restricted-globals',
  'no-empty',
  'eqeqeq',
];

const { found, enabled }: Findings = JSON.parse(
  execFileSync(process.execPath, [join(__dirname, 'lint-fixtures.mjs')], { cwd: ROOT, encoding: 'utf8' }),
);

/** A guard that nobody saw fail is a wish. */
describe('the rules of the house', () => {
  it.each(CHOSEN)('%s is on', rule => expect(enabled).toContain(rule));

  it.each(CHOSEN)('%s is seen to fail, and to pass', rule => {
    expect(found[rule]?.red).toContain(rule);
    expect(found[rule]?.green).not.toContain(rule);
  });

  it('have no fixture that belongs to no rule', () =>
    expect(Object.keys(found).sort()).toEqual([...CHOSEN].sort()));

  it('take no exceptions inside of files', () => {
    const config = readFileSync(join(ROOT, 'eslint.config.mjs'), 'utf8');
    expect(config).toContain('noInlineConfig: true');
  });
});
