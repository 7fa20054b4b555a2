import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { onPath } from '@nself/dev-stack';
import { withDatabase } from '../../state/database';
import { homeOf } from '../../state/home';
import { answerSql } from './sql-answer';
import { parsePsqlOptions } from './psql-options';

/**
 * `nself db psql`: psql on the stack's database, as its owner, with all options handed on. The embedded Postgres ships no
 * psql: without one on the PATH we answer `-At -c SQL` and `-At -f FILE` ourselves.
 */
export function psql(options: readonly string[]): Promise<number> {
  const program = process.env.NSELF_OWN_PSQL ? undefined : onPath(['psql']);
  return withDatabase(homeOf(process.env), ({ databaseUrl }) =>
    program ? runPsql(program, databaseUrl, options) : answerSql(databaseUrl, parsePsqlOptions(options)),
  );
}

/** The password goes through the environment: arguments can be read by every user of the machine. */
function runPsql(program: string, databaseUrl: string, options: readonly string[]): Promise<number> {
  const url = new URL(databaseUrl);
  const PGPASSWORD = decodeURIComponent(url.password);
  url.password = '';
  return new Promise((resolve, reject) => {
    process.on('SIGINT', () => undefined);
    const child = spawn(program, ['--dbname', url.href, ...options], {
      stdio: 'inherit',
      env: { ...process.env, PGPASSWORD },
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGINT']));
  });
}
