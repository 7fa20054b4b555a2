import { rmSync } from 'node:fs';
import { endProcess, isAlive } from '@nself/dev-stack';
import { marks, print, printJson } from '../output/terminal';
import { homeOf } from '../state/home';
import { lockOwner } from '../state/lock';
import { removeRun } from '../state/run';
import { endLeftovers } from '../supervisor/leftovers';
import { endServersOf } from '../supervisor/servers';

/** `nself stop`: ends the stack, also one whose supervisor was killed. No process of it is left. */
export async function stop({ json }: { json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const supervisor = lockOwner(home);
  const wasRunning = supervisor !== undefined && isAlive(supervisor);
  if (wasRunning) await endProcess(supervisor, { graceMs: 45_000 });
  const left = [...(await endLeftovers(home)), ...(await endServersOf(home))];
  removeRun(home);
  rmSync(home.lockFile, { force: true });
  if (json) printJson({ wasRunning, ended: left });
  else print(sentence(wasRunning, left));
  return 0;
}

function sentence(wasRunning: boolean, left: readonly string[]): string {
  if (left.length > 0) return `${marks.good} Ended what was left: ${left.join(', ')}.`;
  return wasRunning ? `${marks.good} Stopped.` : 'Nothing was running.';
}
