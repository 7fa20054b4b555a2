import { StackFault } from '@nself/dev-stack';
import { addressTable } from '../output/addresses';
import { print, printJson } from '../output/terminal';
import { homeOf } from '../state/home';
import { liveRun } from '../state/run';

/** `nself urls`: the addresses of the running stack. */
export function urls({ json }: { json?: boolean }): number {
  const run = liveRun(homeOf(process.env));
  if (!run) throw new StackFault('The stack is not running.', 'Start it with ./nself start.');
  if (json) printJson(run.addresses);
  else print(addressTable(run));
  return 0;
}
