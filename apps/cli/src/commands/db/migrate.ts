import { marks, print, printJson } from '../../output/terminal';
import { withDatabase } from '../../state/database';
import { homeOf } from '../../state/home';
import { upgradeSchema } from '../../supervisor/schema';

/** `nself db migrate`: runs what is pending, one line each. */
export async function migrate({ json }: { json?: boolean }): Promise<number> {
  const applied = await withDatabase(homeOf(process.env), plan =>
    upgradeSchema(plan, ({ name, done, total }) => {
      if (!json) print(`  ${marks.good} ${done}/${total} ${name}`);
    }),
  );
  if (json) printJson({ applied });
  else if (applied.length === 0) print(`${marks.good} The schema is up to date.`);
  return 0;
}
