import { isBuilt, PostgresServer, RedisServer, services, StackFault } from '@nself/dev-stack';
import type { Service, StackPlan } from '@nself/dev-stack';
import type { Home } from '../state/home';
import { serverPassword } from '../state/password';
import type { Variables } from '../state/settings-file';
import type { Launcher } from './launcher';
import { choosePorts, serverPorts, servicePorts, type ChosenPorts } from './ports';

/** Everything that one start of a stack has decided, before anything runs. */
export interface Plan extends ChosenPorts {
  readonly given: Variables;
  readonly host: string;
  readonly services: readonly Service[];
  /** Missing when DATABASE_URL points to a Postgres of somebody else. */
  readonly postgres?: PostgresServer;
  /** Missing when REDIS_URL points elsewhere. */
  readonly redis?: RedisServer;
  /** False when SMTP_HOST points elsewhere. */
  readonly catchesMail: boolean;
  readonly stack: StackPlan;
}

/** Decides what runs where. Nothing is started, and nothing but our own passwords is written. */
export async function makePlan(
  home: Home,
  { given, launcher, say }: { given: Variables; launcher: Launcher; say: (line: string) => void },
): Promise<Plan> {
  const host = given.BIND_ADDRESS?.trim() || '127.0.0.1';
  const mine = chosenServices(home, launcher);
  const catchesMail = !given.SMTP_HOST;
  const chosen = await choosePorts(wishes(given, mine, catchesMail), given, host);
  const postgres = given.DATABASE_URL ? undefined : embeddedPostgres(home, chosen);
  const redis = given.REDIS_URL ? undefined : embeddedRedis(home, chosen, say);
  const stack = {
    given,
    databaseUrl: given.DATABASE_URL ?? postgres?.url('nself') ?? '',
    redisUrl: given.REDIS_URL ?? redis?.url ?? '',
    ports: Object.fromEntries(mine.map(({ name }) => [name, chosen.ports[name] ?? 0])),
    objects: home.objects,
    ...(catchesMail ? { smtpPort: chosen.ports.smtp } : {}),
  };
  return { ...chosen, given, host, services: mine, postgres, redis, catchesMail, stack };
}

/** Those that were built, or of them the ones that a person listed. */
function chosenServices(home: Home, { services: listed = [] }: Launcher): Service[] {
  const built = services.filter(service => isBuilt(home.root, service));
  const unknown = listed.filter(name => !built.some(service => service.name === name));
  if (unknown.length === 0)
    return listed.length > 0 ? built.filter(({ name }) => listed.includes(name)) : built;
  throw new StackFault(
    `NSELF_SERVICES names ${unknown.join(', ')}; expected some of ${built.map(({ name }) => name).join(', ')}.`,
    'Mend it in .env or in the environment, or leave it out.',
  );
}

function wishes(
  given: Variables,
  mine: readonly Service[],
  catchesMail: boolean,
): Parameters<typeof choosePorts>[0] {
  return [
    ...servicePorts(mine.map(({ name }) => name)),
    ...(given.DATABASE_URL ? [] : [serverPorts.postgres]),
    ...(given.REDIS_URL ? [] : [serverPorts.redis]),
    ...(catchesMail ? [serverPorts.smtp, serverPorts.mail] : []),
  ];
}

function embeddedPostgres(home: Home, { ports }: ChosenPorts): PostgresServer {
  const password = serverPassword(home, 'postgres');
  return new PostgresServer({ home: home.postgres, port: ports.postgres ?? 0, password });
}

function embeddedRedis(home: Home, { ports }: ChosenPorts, say: (line: string) => void): RedisServer {
  const password = serverPassword(home, 'redis');
  const { redis: folder, cache } = home;
  return new RedisServer({ home: folder, cache, port: ports.redis ?? 0, password, say });
}
