import { StackFault } from '@nself/dev-stack';
import { marks, print, printJson } from '../../output/terminal';
import { assertStopped, withDatabase } from '../../state/database';
import { homeOf } from '../../state/home';

/** `nself db rollback`: undoes the newest migrations. The stack must be stopped. */
export async function rollback(options: { steps: string; json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const steps = Number(options.steps);
  if (!Number.isInteger(steps) || steps < 1) {
    throw new StackFault('--steps is wrong; expected a number from 1 on.', './nself db status lists them.');
  }
  assertStopped(home);
  const { migrateDown } = await import('../../../../../migrations/index.js');
  const undone = await withDatabase(home, ({ databaseUrl }) => migrateDown(databaseUrl, steps));
  if (options.json) printJson({ undone });
  else if (undone.length === 0) print('There is nothing to undo.');
  else for (const name of undone) print(`  ${marks.good} undone: ${name}`);
  return 0;
}
