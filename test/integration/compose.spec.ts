import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpSettings, loadSettings, type ServiceDefinition, type Settings } from '@nself/kernel';
import { parse } from 'yaml';
import { apiService } from '../../apps/api/src/service';
import { authService } from '../../apps/auth/src/auth.service';
import { graphqlService } from '../../apps/graphql/src/service';
import { schedulerService } from '../../apps/scheduler/src/service';
import { gatewayService } from '../../apps/stream-gateway/src/service';
import { missingSecrets } from '../../libs/dev-stack/src';

interface ComposeService {
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: string;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const folder = join(__dirname, '../..');
const text = readFileSync(join(folder, 'docker/compose.yaml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, ComposeService>> };

const given: Readonly<Record<string, string>> = {
  ...missingSecrets({}),
  POSTGRES_PASSWORD: 'a password of the machine',
  SMTP_HOST: 'mail.example.org',
};

/** Fills `${NAME:?}` and `${NAME:-default}` as Compose does; a required name that is missing stops. */
function filled(value: string): string {
  return value.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: string, kind: string, rest: string) => {
      const found = given[name];
      if (found) return found;
      if (kind === '-') return rest;
      throw new Error(`${name} is required`);
    },
  );
}

function environmentOf(name: string): Record<string, string> {
  const declared = Object.entries(services[name]?.environment ?? {});
  const values = declared.map(([key, value]) => [key, filled(String(value))] as const);
  return { NODE_ENV: 'production', ...Object.fromEntries(values.filter(([, value]) => value !== '')) };
}

const definitions: Readonly<Record<string, (env: Record<string, string>) => ServiceDefinition>> = {
  auth: () => authService,
  api: () => apiService,
  graphql: graphqlService,
  'stream-gateway': () => gatewayService,
  scheduler: () => schedulerService,
};

const namesOf = (settings: readonly Settings[]): string[] =>
  settings.flatMap(declaration => Object.values(declaration.settings).map(({ env }) => env));

describe('docker/compose.yaml', () => {
  it.each(Object.keys(definitions))(
    'gives %s every setting that it needs in production, and starts it',
    name => {
      const env = environmentOf(name);
      expect(() => loadSettings(definitions[name]?.(env).settings ?? [], env)).not.toThrow();
      expect(services[name]?.command).toBe(`node dist/apps/${name}/src/main.js`);
    },
  );

  it('names no setting that nobody reads', () => {
    const all = Object.values(definitions).flatMap(make => make(environmentOf('graphql')).settings);
    const known = new Set(namesOf([httpSettings, ...all]));
    const linked = ['GRAPHQL_URL', 'STREAM_GATEWAY_URL', 'API_URL', 'AUTH_URL'];
    const named = Object.keys(definitions).flatMap(name => Object.keys(services[name]?.environment ?? {}));
    expect(named.filter(name => !known.has(name) && !linked.includes(name))).toEqual([]);
  });

  it.each([
    'POSTGRES_PASSWORD',
    'APP_DATABASE_PASSWORD',
    'AUTH_JWT_PRIVATE_KEY',
    'STORAGE_SIGNING_KEY',
    'MASTER_KEY',
  ])('has no default for %s', secret => expect(text).toMatch(new RegExp(`\\$\\{${secret}:\\?\\}`)));

  it('waits for the schema before any service starts', () => {
    for (const name of Object.keys(definitions))
      expect(Object.keys(services[name]?.depends_on ?? {})).toContain('schema');
  });

  it('gives the login that owns the schema to nobody but the migration', () => {
    const owners = Object.keys(services).filter(
      name => 'DATABASE_URL' in (services[name]?.environment ?? {}),
    );
    expect(owners).toEqual(['schema']);
  });
});
