import { createPrivateKey } from 'node:crypto';
import { serviceNamed, type Service } from './catalogue';
import { serviceEnvironment, type StackPlan } from './environment';
import { missingSecrets, secretKinds } from './secrets';

const plan: StackPlan = {
  given: { ...missingSecrets({}), DATABASE_URL: 'postgres://root@db/x', API_URL: 'https://api.example.org' },
  databaseUrl: 'postgres://root:top@127.0.0.1:5432/nself',
  redisUrl: 'redis://127.0.0.1:6379',
  ports: { auth: 4001, api: 3001 },
  objects: '/srv/objects',
};
const of = (name: string, given = plan.given): Record<string, string> =>
  serviceEnvironment({ ...plan, given }, serviceNamed(name) as Service);

describe('the environment of a service', () => {
  it('names the real addresses, and lets what a person configured win', () => {
    expect(of('api')).toMatchObject({
      AUTH_PORT: '4001',
      AUTH_URL: 'http://127.0.0.1:4001',
      API_URL: 'https://api.example.org',
      AUTH_JWKS_URL: 'http://127.0.0.1:4001/.well-known/jwks.json',
      STORAGE_DRIVER: 'file',
      STORAGE_PATH: '/srv/objects',
    });
    expect(of('api').GRAPHQL_PORT).toBeUndefined();
    const s3 = of('api', { ...plan.given, S3_ENDPOINT: 'http://s3' });
    expect(s3).toMatchObject({ STORAGE_DRIVER: 's3' });
    expect(s3.STORAGE_PATH).toBeUndefined();
  });

  it('shows the owner of the database to no service, and the keys of auth to auth alone', () => {
    expect(of('api').DATABASE_URL).toBeUndefined();
    expect(JSON.stringify(of('api'))).not.toContain('top@');
    expect(of('api')).not.toHaveProperty('AUTH_DATABASE_URL');
    expect(of('api')).not.toHaveProperty('AUTH_JWT_PRIVATE_KEY');
    expect(of('auth').AUTH_DATABASE_URL).toMatch(/^postgres:\/\/nself_auth:.+@127.0.0.1:5432\/nself$/);
    expect(of('auth').AUTH_JWT_PRIVATE_KEY).toContain('PRIVATE KEY');
  });
});

describe('secrets', () => {
  it('are made once, only where missing, and never twice alike', () => {
    const made = missingSecrets({ MASTER_KEY: 'mine' });
    expect(Object.keys(made).sort()).toEqual(
      Object.keys(secretKinds)
        .filter(name => name !== 'MASTER_KEY' && name !== 'AUTH_JWT_SECRET')
        .sort(),
    );
    expect(missingSecrets({}).MASTER_KEY).toMatch(/^[0-9a-f]{64}$/);
    expect(missingSecrets({}).MASTER_KEY).not.toBe(missingSecrets({}).MASTER_KEY);
  });

  it('fit the algorithm that tokens are to be signed with', () => {
    const keyFor = (algorithm: string): string | undefined =>
      createPrivateKey(missingSecrets({ AUTH_JWT_ALGORITHM: algorithm }).AUTH_JWT_PRIVATE_KEY ?? '')
        .asymmetricKeyType;
    expect([keyFor('RS256'), keyFor('ES256')]).toEqual(['rsa', 'ec']);
    expect(missingSecrets({ AUTH_JWT_ALGORITHM: 'HS256' }).AUTH_JWT_SECRET).toMatch(/^[0-9a-f]{64}$/);
  });
});
