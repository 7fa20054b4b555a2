import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  anyFreePort,
  MailCatcher,
  missingSecrets,
  runServer,
  serviceEnvironment,
  serviceNamed,
  ServiceServer,
  type CaughtMail,
  type RunningServer,
  type StackPlan,
} from '../../libs/dev-stack/src';
import { readMetadataFolder } from '../../libs/hasura-metadata/src';
import { testDatabase, type TestDatabase } from './database';
import { testRedis } from './redis';
import { testS3 } from './s3';

export interface TestStackOptions {
  /** Settings that differ from those of a stack in development. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where objects are kept; local files unless said otherwise. */
  readonly objects?: 'file' | 's3';
}

const root = join(__dirname, '..', '..');

// Making a signing key takes a while, and no spec tells apart whose it is.
const secrets = missingSecrets({});

/** Service processes as in production, on free ports, against a database, a Redis and a folder of their own. */
export class TestStack {
  private readonly running = new Map<string, RunningServer>();

  private constructor(
    readonly database: TestDatabase,
    readonly plan: StackPlan,
    /** Objects and logs. */
    readonly folder: string,
    private readonly mail: MailCatcher,
  ) {}

  static async start(names: readonly string[], options: TestStackOptions): Promise<TestStack> {
    build();
    const folder = mkdtempSync(join(tmpdir(), 'nself-stack-'));
    const objects = join(folder, 'objects');
    mkdirSync(objects);
    const redis = testRedis();
    const [database] = await Promise.all([testDatabase(), redis.flush()]);
    const ports = Object.fromEntries(
      await Promise.all(names.map(async name => [name, await anyFreePort()] as const)),
    );
    const mail = new MailCatcher({ smtpPort: await anyFreePort(), httpPort: await anyFreePort() });
    await mail.start();
    const plan: StackPlan = {
      given: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        ...secrets,
        ...urls(database),
        ...settings(options),
      },
      databaseUrl: database.ownerUrl,
      redisUrl: redis.url,
      ports,
      objects,
      smtpPort: mail.ports.smtp,
    };
    const stack = new TestStack(database, plan, folder, mail);
    await stack.runAll(names).catch(async (error: unknown) => {
      await stack.stop();
      throw error;
    });
    return stack;
  }

  private async runAll(names: readonly string[]): Promise<void> {
    await Promise.all(names.map(name => this.run(name)));
    if (names.includes('graphql')) await this.applyMetadata();
  }

  /** As `nself start` does: what the house declares becomes what GraphQL serves. */
  private async applyMetadata(): Promise<void> {
    const args = {
      allow_inconsistent_metadata: true,
      metadata: readMetadataFolder(join(root, 'hasura', 'metadata')),
    };
    const answer = await fetch(this.url('graphql', '/v1/metadata'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hasura-admin-secret': this.adminSecret },
      body: JSON.stringify({ type: 'replace_metadata', version: 2, args }),
    });
    if (!answer.ok) throw new Error(`the metadata was refused: ${await answer.text()}`);
  }

  /** The address of a service; a path may follow. */
  url(name: string, path = ''): string {
    return `http://127.0.0.1:${this.plan.ports[name]}${path}`;
  }

  get adminSecret(): string {
    return secrets.HASURA_GRAPHQL_ADMIN_SECRET ?? '';
  }

  /** What the services have mailed, newest first. */
  mails(): readonly CaughtMail[] {
    return this.mail.mailbox.all();
  }

  /** Starts a service, or one that was ended again; resolves when it is ready. */
  async run(name: string): Promise<void> {
    const service = serviceNamed(name);
    if (!service) throw new Error(`there is no service ${name}`);
    const port = this.plan.ports[name] ?? 0;
    const server = new ServiceServer(service, { root, port, env: this.environment(name) });
    const logFile = join(this.folder, `${name}.log`);
    this.running.set(name, await runServer(server, { logFile }));
  }

  /** What a service of this stack finds in its environment. */
  environment(name: string): Record<string, string> {
    const service = serviceNamed(name);
    if (!service) throw new Error(`there is no service ${name}`);
    return serviceEnvironment(this.plan, service);
  }

  pid(name: string): number {
    const pid = this.running.get(name)?.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  }

  async end(name: string): Promise<void> {
    await this.running.get(name)?.stop();
    this.running.delete(name);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map(server => server.stop()));
    await this.mail.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true });
  }
}

/** Boots the services, whose sources are built first where that is needed. Stop it when done. */
export function testStack(names: readonly string[], options: TestStackOptions = {}): Promise<TestStack> {
  return TestStack.start(names, options);
}

function build(): void {
  execFileSync(process.execPath, [join(root, 'apps/cli/bootstrap/prepare.mjs'), root], { stdio: 'pipe' });
}

function urls({ appUrl, authUrl, adminUrl }: TestDatabase): Record<string, string> {
  return { APP_DATABASE_URL: appUrl, AUTH_DATABASE_URL: authUrl, ADMIN_DATABASE_URL: adminUrl };
}

function settings({ env, objects }: TestStackOptions): Record<string, string> {
  return { ...(objects === 's3' ? s3Settings() : {}), ...env };
}

function s3Settings(): Record<string, string> {
  const { endpoint, accessKey, secretKey, region } = testS3();
  return {
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
    S3_REGION: region,
    S3_BUCKET: `nself-${Date.now()}-${process.pid}`,
  };
}
