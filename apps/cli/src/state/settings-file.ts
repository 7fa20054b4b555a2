import { chmodSync, existsSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { missingSecrets, secretKinds } from '@nself/dev-stack';
import { readIfThere, replaceFile } from './files';
import type { Home } from './home';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What a person configured: the file `.env`, over which the environment wins. */
export function readSettings(home: Home, env: NodeJS.ProcessEnv): Variables {
  return { ...parseEnv(readIfThere(home.envFile) ?? ''), ...env };
}

/**
 * Writes the secrets that are configured nowhere into `.env`, readable by its owner alone; lines that stand there stay.
 *
 * @returns the names that were added.
 */
export function completeSecrets(home: Home, env: NodeJS.ProcessEnv): string[] {
  const added = missingSecrets(readSettings(home, env));
  const names = Object.keys(added);
  if (names.length > 0) {
    const before = readIfThere(home.envFile)?.trimEnd() ?? heading;
    const lines = Object.entries(added).map(([name, value]) => settingLine(name, value));
    replaceFile(home.envFile, `${[before, ...lines].join('\n')}\n`);
  }
  if (existsSync(home.envFile) && names.length > 0) chmodSync(home.envFile, 0o600);
  return names;
}

const heading =
  '# Settings of this installation. The secrets were made at random; keep them as you keep the data.';

function settingLine(name: string, value: string): string {
  return `# ${secretKinds[name]?.meaning ?? name}\n${name}="${value.replaceAll('\n', '\\n')}"`;
}
