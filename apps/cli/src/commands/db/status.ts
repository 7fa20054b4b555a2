import { colours, marks, print, printJson } from '../../output/terminal';
import { withDatabase } from '../../state/database';
import { homeOf } from '../../state/home';

/** `nself db status`: which migrations have run. Exit code 1 while some are pending. */
export async function databaseStatus({ json }: { json?: boolean }): Promise<number> {
  const { migrationStatus } = await import('../../../../../migrations/index.js');
  const { bootstrap } = await import('../../supervisor/schema.js');
  const { applied, pending } = await withDatabase(homeOf(process.env), async plan => {
    await bootstrap(plan);
    return migrationStatus(plan.databaseUrl);
  });
  if (json) printJson({ applied, pending });
  else {
    for (const name of applied) print(`  ${marks.good} ${name}`);
    for (const name of pending) print(`  ${marks.note} ${name} ${colours.dim('pending')}`);
  }
  return pending.length === 0 ? 0 : 1;
}
