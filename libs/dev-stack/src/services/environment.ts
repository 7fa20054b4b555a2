import { services, type Service } from './catalogue';

type Variables = Readonly<Record<string, string | undefined>>;

/** What a stack consists of, before it is spelled as environment variables. */
export interface StackPlan {
  /** What a person configured, secrets among it. */
  readonly given: Variables;
  /** The database as its owner; the services never see it. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Ports of the services by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Folder of the objects, unless an S3 is configured. */
  readonly objects: string;
  /** SMTP port of the mail catcher, when it runs. */
  readonly smtpPort?: number;
}

/** Read by nobody but the services named: least privilege starts with what a process can know. */
const readers: Readonly<Record<string, readonly string[]>> = {
  DATABASE_URL: [],
  AUTH_DATABASE_PASSWORD: [],
  APP_DATABASE_PASSWORD: [],
  ADMIN_DATABASE_PASSWORD: [],
  AUTH_DATABASE_URL: ['auth'],
  AUTH_JWT_PRIVATE_KEY: ['auth'],
  AUTH_JWT_PREVIOUS_KEYS: ['auth'],
  AUTH_JWT_SECRET: ['auth', 'api', 'graphql', 'stream-gateway'],
  AUTH_JWT_PREVIOUS_SECRET: ['auth', 'api', 'graphql', 'stream-gateway'],
};

/** The environment of one service. What a person configured wins over what is derived. */
export function serviceEnvironment(plan: StackPlan, service: Service): Record<string, string> {
  const everything: Variables = { ...derived(plan), ...plan.given };
  const mine = Object.entries(everything).filter(
    ([name, value]) => value !== undefined && (readers[name]?.includes(service.name) ?? true),
  );
  return Object.fromEntries(mine) as Record<string, string>;
}

/** Where a service is found from outside: its configured public address, else its port on this machine. */
export function serviceUrl(plan: StackPlan, { name, urlVariable }: Service): string {
  return plan.given[urlVariable] ?? `http://127.0.0.1:${plan.ports[name]}`;
}

/** The database as one of the roles that services use. */
export function roleUrl(plan: StackPlan, role: 'app' | 'auth' | 'admin'): string {
  const prefix = role.toUpperCase();
  const configured = plan.given[`${prefix}_DATABASE_URL`];
  if (configured) return configured;
  const url = new URL(plan.databaseUrl);
  url.username = `nself_${role}`;
  url.password = encodeURIComponent(plan.given[`${prefix}_DATABASE_PASSWORD`] ?? '');
  return url.href;
}

function derived(plan: StackPlan): Record<string, string> {
  const { given, redisUrl, objects, smtpPort } = plan;
  const running = services.filter(({ name }) => plan.ports[name] !== undefined);
  const authUrl = given.AUTH_URL ?? `http://127.0.0.1:${plan.ports.auth ?? 4000}`;
  return {
    NODE_ENV: 'development',
    BIND_ADDRESS: '127.0.0.1',
    ...Object.fromEntries(running.map(one => [one.portVariable, String(plan.ports[one.name])])),
    ...Object.fromEntries(running.map(one => [one.urlVariable, serviceUrl(plan, one)])),
    APP_DATABASE_URL: roleUrl(plan, 'app'),
    AUTH_DATABASE_URL: roleUrl(plan, 'auth'),
    ADMIN_DATABASE_URL: roleUrl(plan, 'admin'),
    REDIS_URL: redisUrl,
    AUTH_JWT_ISSUER: authUrl,
    AUTH_JWT_AUDIENCE: 'nself',
    AUTH_JWKS_URL: `http://127.0.0.1:${plan.ports.auth ?? 4000}/.well-known/jwks.json`,
    ...(given.S3_ENDPOINT ? { STORAGE_DRIVER: 's3' } : { STORAGE_DRIVER: 'file', STORAGE_PATH: objects }),
    ...(smtpPort === undefined ? {} : { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(smtpPort) }),
  };
}
