import type { Check, Finding, Patient } from '../doctor/check';
import { machineChecks } from '../doctor/machine';
import { stackChecks } from '../doctor/stack';
import { explain } from '../output/fault';
import { colours, marks, print, printJson } from '../output/terminal';
import { databaseAddress, redisAddress } from '../state/addresses';
import { homeOf } from '../state/home';
import { liveRun } from '../state/run';
import { readSettings } from '../state/settings-file';

/** `nself doctor`: looks at machine and stack, changes nothing. Exit code 1 when something is wrong. */
export async function doctor({ json }: { json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const patient: Patient = {
    home,
    given: readSettings(home, process.env),
    run: liveRun(home),
    databaseUrl: databaseAddress(home),
    redisUrl: redisAddress(home),
  };
  const findings: (Finding & { name: string })[] = [];
  for (const check of [...machineChecks, ...stackChecks]) {
    const finding = { name: check.name, ...(await examine(check, patient)) };
    findings.push(finding);
    if (!json) show(finding);
  }
  const healthy = findings.every(({ health }) => health !== 'bad');
  if (json) printJson({ healthy, findings });
  return healthy ? 0 : 1;
}

/** A check that fails has found something too. */
async function examine(check: Check, patient: Patient): Promise<Finding> {
  try {
    return await check.look(patient);
  } catch (error) {
    const { message, remedy } = explain(error);
    return { health: 'bad', text: message, remedy };
  }
}

function show({ name, health, text, remedy }: Finding & { name: string }): void {
  const mark = { good: marks.good, bad: marks.bad, unknown: marks.note }[health];
  print(`  ${mark} ${name.padEnd(14)} ${text}`);
  if (remedy) print(`  ${' '.repeat(17)}${colours.dim('→')} ${remedy}`);
}
