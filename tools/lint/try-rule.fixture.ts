import { Linter } from 'eslint';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { ROOT } from './house';
import { plugin } from './index';

type RuleName = keyof typeof plugin.rules;

/** The ids of the messages of one rule for `code`, as if it stood at `path` (from the root). */
export function complaints(rule: RuleName, path: string, code: string): string[] {
  const linter = new Linter({ configType: 'flat', cwd: ROOT });
  const config = {
    files: ['**/*.ts'],
    plugins: { nself: plugin as never },
    languageOptions: { parser: tseslint.parser as never },
    rules: { [`nself/${rule}`]: 'error' as const },
  };
  const messages = linter.verify(code, config, { filename: join(ROOT, path) });
  return messages.map(({ messageId, message }) => messageId ?? message);
}
