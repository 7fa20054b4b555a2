import { claimPort, nextFreePort, services, StackFault } from '@nself/dev-stack';
import type { MovedPort } from '../state/run';
import type { Variables } from '../state/settings-file';

/** Something that needs a port. */
export interface PortWish {
  readonly name: string;
  readonly variable: string;
  readonly preferred: number;
}

export const serverPorts = {
  postgres: { name: 'postgres', variable: 'POSTGRES_PORT', preferred: 5432 },
  redis: { name: 'redis', variable: 'REDIS_PORT', preferred: 6379 },
  smtp: { name: 'smtp', variable: 'MAIL_CATCHER_SMTP_PORT', preferred: 1025 },
  mail: { name: 'mail', variable: 'MAIL_CATCHER_PORT', preferred: 8025 },
} as const satisfies Record<string, PortWish>;

export function servicePorts(names: readonly string[]): PortWish[] {
  return services
    .filter(({ name }) => names.includes(name))
    .map(({ name, portVariable, defaultPort }) => ({
      name,
      variable: portVariable,
      preferred: defaultPort,
    }));
}

export interface ChosenPorts {
  readonly ports: Readonly<Record<string, number>>;
  readonly moved: readonly MovedPort[];
}

/**
 * Gives everybody a port. A default that is taken moves to the next free one; what a person chose is kept to.
 *
 * @throws StackFault with all ports that were configured and are wrong, taken, or given twice.
 */
export async function choosePorts(
  wishes: readonly PortWish[],
  given: Variables,
  host: string,
): Promise<ChosenPorts> {
  const ports: Record<string, number> = {};
  const moved: MovedPort[] = [];
  const configured = wishes.filter(({ variable }) => given[variable]?.trim());
  const faults: string[] = [];
  for (const wish of configured) {
    const port = Number(given[wish.variable]);
    const fault = await faultOf(wish, port, Object.values(ports), host);
    if (fault) faults.push(fault);
    else ports[wish.name] = port;
  }
  if (faults.length > 0) throw new StackFault(faults.join('\n'), remedy);
  for (const { name, preferred } of wishes.filter(wish => !configured.includes(wish))) {
    const got = await nextFreePort(preferred, { host, taken: new Set(Object.values(ports)) });
    ports[name] = got;
    if (got !== preferred) moved.push({ name, wanted: preferred, got });
  }
  return { ports, moved };
}

const remedy = 'Choose another port in .env or in the environment, or end the program that holds it.';

async function faultOf(
  { variable }: PortWish,
  port: number,
  others: readonly number[],
  host: string,
): Promise<string | undefined> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return `${variable} is wrong; expected a port from 1 to 65535.`;
  }
  if (others.includes(port)) return `${variable} is ${port}, which another setting names too.`;
  if (!(await claimPort(port, host))) return `${variable} is ${port}, and that port is taken.`;
  return undefined;
}
