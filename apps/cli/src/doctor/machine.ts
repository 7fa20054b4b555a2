import { existsSync, statSync } from 'node:fs';
import { isPortFree, services } from '@nself/dev-stack';
import { serverPorts } from '../plan/ports';
import { freeBytes, MEBIBYTE, megabytes } from '../preflight/disk';
import { bad, good, unknown, type Check, type Finding, type Patient } from './check';

/** What the machine must offer, stack or no stack. */
export const machineChecks: readonly Check[] = [
  { name: 'Node.js', look: () => good(process.versions.node) },
  { name: 'disk', look: disk },
  { name: 'secrets', look: secrets },
  { name: 'ports', look: ports },
];

function disk({ home }: Patient): Finding {
  const folder = existsSync(home.state) ? home.state : home.root;
  const free = freeBytes(folder);
  const text = `${megabytes(free)} MB free in ${folder}`;
  return free > 1024 * MEBIBYTE ? good(text) : bad(text, 'Make room, or move the stack to another disk.');
}

/** The secrets open everything: nobody but their owner may read them. */
function secrets({ home }: Patient): Finding {
  if (!existsSync(home.envFile)) return unknown('there is no .env yet; the first start makes one');
  const mode = statSync(home.envFile).mode & 0o777;
  if ((mode & 0o077) === 0) return good('.env can be read by its owner alone');
  return bad(`.env has the rights ${mode.toString(8)}`, `Run chmod 600 ${home.envFile}.`);
}

async function ports({ run, given }: Patient): Promise<Finding> {
  if (run) {
    const moved = run.moved.map(({ name, wanted, got }) => `${name} ${wanted} → ${got}`);
    return good(moved.length === 0 ? 'every part has the port it wants' : `moved: ${moved.join(', ')}`);
  }
  const wanted = [
    ...Object.values(serverPorts),
    ...services.map(one => ({ variable: one.portVariable, preferred: one.defaultPort })),
  ];
  const taken = [];
  for (const { variable, preferred } of wanted) {
    const port = Number(given[variable]) || preferred;
    if (!(await isPortFree(port))) taken.push({ port, configured: Boolean(given[variable]), variable });
  }
  const blocked = taken.filter(({ configured }) => configured).map(one => `${one.variable} ${one.port}`);
  if (blocked.length > 0) return bad(`configured and taken: ${blocked.join(', ')}`, 'Choose other ports.');
  if (taken.length === 0) return good('all default ports are free');
  return good(`taken, a start will move on: ${taken.map(({ port }) => port).join(', ')}`);
}
