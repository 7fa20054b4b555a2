import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  identify,
  MailCatcher,
  releasePorts,
  serviceEnvironment,
  ServiceServer,
  serviceUrl,
  StackFault,
} from '@nself/dev-stack';
import type { Server, Service } from '@nself/dev-stack';
import type { Plan } from '../plan/plan';
import type { Home } from '../state/home';
import { removeRun, writeRun, type Run } from '../state/run';
import { MARK } from './leftovers';
import { step, type Tell } from './report';
import { ensureDatabase, upgradeSchema } from './schema';
import { Watched } from './watched';

/** A running stack: its servers, then its schema, then its services, each waited for; and all of it ended in reverse. */
export class Stack {
  private readonly servers: Watched[] = [];
  private readonly watched: Watched[] = [];
  private readonly mail: MailCatcher | undefined;
  private readonly since = new Date().toISOString();
  private state: Run['state'] = 'starting';

  constructor(
    private readonly home: Home,
    private readonly plan: Plan,
    private readonly tell: Tell,
  ) {
    const { smtp = 0, mail = 0 } = plan.ports;
    this.mail = plan.catchesMail
      ? new MailCatcher({ smtpPort: smtp, httpPort: mail, folder: home.mail, host: plan.host })
      : undefined;
  }

  /** Resolves when every part is ready. @throws StackFault for the first part that cannot be brought up. */
  async start(): Promise<Run> {
    const { postgres, redis } = this.plan;
    await Promise.all([
      postgres ? this.bringUp(postgres, 'Postgres', 5) : undefined,
      redis ? this.bringUp(redis, 'Redis', 5) : undefined,
      this.mail ? step(this.tell, 'mail catcher', () => this.startMail()) : undefined,
    ]);
    await this.prepareDatabase();
    await Promise.all(this.plan.services.map(service => this.bringUpService(service)));
    await this.applyMetadata();
    this.enter('ready');
    return this.describe();
  }

  /** Ends the services, then the servers under them. Nothing of the stack runs afterwards. */
  async stop(): Promise<void> {
    this.enter('stopping');
    const services = this.watched.filter(one => !this.servers.includes(one));
    await Promise.all(services.map(one => one.stop()));
    await Promise.all([...this.servers.map(one => one.stop()), this.mail?.stop()]);
    removeRun(this.home);
    releasePorts(Object.values(this.plan.ports));
  }

  describe(): Run {
    const supervisor = identify(process.pid);
    if (!supervisor) throw new Error('the supervisor cannot see itself');
    return {
      supervisor,
      since: this.since,
      state: this.state,
      addresses: this.addresses(),
      moved: this.plan.moved,
      processes: this.watched.map(one => one.report()),
    };
  }

  private async prepareDatabase(): Promise<void> {
    const { postgres, stack } = this.plan;
    if (postgres) await ensureDatabase(postgres, 'nself');
    await step(
      this.tell,
      'schema',
      () => patiently(() => upgradeSchema(stack, migration => this.noteMigration(migration))),
      done => (done.length > 0 ? `${done.length} migrations applied` : 'up to date'),
    );
  }

  /** Last of all: the engine itself keeps the metadata, and only it can say whether it fits. */
  private async applyMetadata(): Promise<void> {
    const { stack, ports } = this.plan;
    if (ports.graphql === undefined) return;
    const { applyFolder } = await import('../metadata/apply.js');
    const { MetadataClient } = await import('../metadata/client.js');
    const secret = stack.given.HASURA_GRAPHQL_ADMIN_SECRET ?? '';
    const client = new MetadataClient(`http://127.0.0.1:${ports.graphql}`, secret);
    const folder = join(this.home.root, 'hasura', 'metadata');
    const { misfits } = await step(
      this.tell,
      'metadata',
      () => patiently(() => applyFolder(client, folder)),
      ({ changed }) => (changed ? 'applied' : 'up to date'),
    );
    if (misfits.length === 0) return;
    const text = `GraphQL does not serve ${misfits.length} parts of the metadata (./nself metadata apply lists them): ${misfits[0]}`;
    this.tell({ kind: 'note', text });
  }

  private noteMigration({ name, done, total }: { name: string; done: number; total: number }): void {
    this.tell({ kind: 'begun', step: `schema ${done}/${total} ${name}` });
  }

  private async startMail(): Promise<void> {
    try {
      await this.mail?.start();
    } catch (error) {
      throw new StackFault(`The mail catcher did not start: ${(error as Error).message}.`, 'Start again.');
    }
  }

  private bringUpService(service: Service): Promise<void> {
    const { root, state } = this.home;
    const env = { ...serviceEnvironment(this.plan.stack, service), [MARK]: state };
    const port = this.plan.ports[service.name] ?? 0;
    return this.bringUp(new ServiceServer(service, { root, port, env }), service.name, 1);
  }

  private async bringUp(server: Server, label: string, attempts: number): Promise<void> {
    const log = join(this.home.logs, `${server.name}.log`);
    const watched = new Watched(server, { log, attempts, changed: () => this.changed(watched) });
    this.watched.push(watched);
    if (!(server instanceof ServiceServer)) this.servers.push(watched);
    const address = this.addresses()[server.name] ?? '';
    await step(
      this.tell,
      label,
      () => watched.untilReady(),
      () => address,
    );
  }

  private changed(watched: Watched): void {
    this.save();
    const { name, state, lastExit, restarts } = watched.report();
    if (state === 'restarting') {
      this.tell({ kind: 'note', text: `${name} ended (${lastExit}) and is started again, time ${restarts}` });
    }
  }

  private enter(state: Run['state']): void {
    this.state = state;
    this.save();
  }

  private save(): void {
    writeRun(this.home, this.describe());
  }

  private addresses(): Record<string, string> {
    const { plan } = this;
    const { postgres, redis, smtp, mail } = plan.ports;
    return {
      ...Object.fromEntries(plan.services.map(one => [one.name, serviceUrl(plan.stack, one)])),
      ...(plan.postgres ? { postgres: `postgres://127.0.0.1:${postgres}/nself` } : {}),
      ...(plan.redis ? { redis: `redis://127.0.0.1:${redis}` } : {}),
      ...(plan.catchesMail ? { mail: `http://127.0.0.1:${mail}`, smtp: `smtp://127.0.0.1:${smtp}` } : {}),
    };
  }
}

/** A Postgres that is killed while it is migrated is started again; the migration goes on where it was. */
async function patiently<T>(work: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isConnectionLoss(error)) throw error;
      await sleep(200 * attempt);
    }
  }
}

function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(57P0|08|ECONN)/.test(code) || message.includes('Connection terminated');
}
