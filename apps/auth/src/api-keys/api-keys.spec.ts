import { Client } from 'pg';
import type { Browser } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

interface Key {
  id: string;
  key: string;
  prefix: string;
}

describe('keys for machines', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth();
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const exchange = (key: string) =>
    auth.browser().post<{ accessToken: string }>('/v1/token/api-key', { key });

  async function machine(key: string): Promise<Browser> {
    const { body } = await exchange(key);
    const browser = auth.browser();
    Object.assign(browser.headers, { authorization: `Bearer ${body.accessToken}` });
    return browser;
  }

  describe('a key', () => {
    it('is shown once, exchanged for a short token, and refused at once when it is taken back', async () => {
      const owner = await auth.newcomer();
      const made = await owner.post<Key>('/v1/api-keys', {
        name: 'importer',
        scopes: ['read', 'files'],
        role: 'adult',
      });
      expect(made).toMatchObject({
        status: 201,
        body: { key: expect.stringMatching(/^nself_/), role: 'adult' },
      });
      const listed = await owner.get<{ items: Key[] }>('/v1/api-keys');
      expect(listed.body.items).toMatchObject([{ id: made.body.id, prefix: made.body.key.slice(0, 12) }]);
      expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
      const robot = await machine(made.body.key);
      expect((await robot.get(`/v1/families/${owner.familyId}`)).status).toBe(200);
      expect((await robot.post('/v1/api-keys', { name: 'child', scopes: [] })).status).toBe(403);
      expect((await owner.delete(`/v1/api-keys/${made.body.id}`)).status).toBe(204);
      expect((await robot.get(`/v1/families/${owner.familyId}`)).status).toBe(401);
      expect((await exchange(made.body.key)).status).toBe(401);
    });

    it('never speaks above its maker, not even after the maker was demoted or removed', async () => {
      const owner = await auth.newcomer();
      const adult = await auth.member(owner, 'ADULT_MEMBER');
      expect((await adult.post('/v1/api-keys', { name: 'too much', scopes: [], role: 'owner' })).status).toBe(
        403,
      );
      const { body } = await adult.post<Key>('/v1/api-keys', { name: 'adult', scopes: ['read'] });
      const roleOf = async (): Promise<unknown> => {
        const { accessToken } = (await exchange(body.key)).body;
        const claims = JSON.parse(
          Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
        ) as Record<string, Record<string, string>>;
        return claims['https://hasura.io/jwt/claims']?.['x-hasura-default-role'];
      };
      expect(await roleOf()).toBe('adult');
      const robot = await machine(body.key);
      expect((await robot.get('/v1/auth/me')).status).toBe(200);
      await owner.patch(`/v1/families/${owner.familyId}/members/${adult.userId}`, { role: 'CHILD_MEMBER' });
      expect(await roleOf()).toBe('child');
      expect((await robot.get('/v1/auth/me')).status).toBe(401);
      await owner.delete(`/v1/families/${owner.familyId}/members/${adult.userId}`);
      expect((await exchange(body.key)).status).toBe(401);
    });

    it('ends by the clock, and tells when it was used last', async () => {
      const owner = await auth.newcomer();
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      const { body } = await owner.post<Key>('/v1/api-keys', {
        name: 'short',
        scopes: ['read'],
        expiresAt: soon,
      });
      const lastUsedAt = async (): Promise<unknown> =>
        (await owner.get<{ items: { lastUsedAt: string | null }[] }>('/v1/api-keys')).body.items[0]
          ?.lastUsedAt;
      expect(await lastUsedAt()).toBeNull();
      expect((await exchange(body.key)).status).toBe(200);
      expect(await lastUsedAt()).toEqual(expect.any(String));
      await database.query(`update ops.api_keys set expires_at = now() where id = $1`, [body.id]);
      expect((await exchange(body.key)).status).toBe(401);
    });

    it('ends at a moment that there is', async () => {
      const owner = await auth.newcomer();
      for (const expiresAt of ['2030-W05', '2030-060', '20300101', '2030-02-31', 'never']) {
        const made = await owner.post('/v1/api-keys', { name: 'odd', scopes: ['read'], expiresAt });
        expect(made).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
        expect((await owner.post('/v1/pat', { expiresAt })).status).toBe(400);
      }
    });

    it('is kept as a digest, and told to the trail when it is made and taken back', async () => {
      const owner = await auth.newcomer();
      const { body } = await owner.post<Key>('/v1/api-keys', { name: 'told', scopes: ['read'] });
      await owner.delete(`/v1/api-keys/${body.id}`);
      const { rows: kept } = await database.query('select k::text from ops.api_keys k where id = $1', [
        body.id,
      ]);
      expect(JSON.stringify(kept)).not.toContain(body.key);
      const { rows } = await database.query<{ type: string }>(
        'select type from ops.audit_events where subject_id = $1 order by sequence',
        [body.id],
      );
      expect(rows.map(({ type }) => type)).toEqual(['api_key.created', 'api_key.revoked']);
    });

    it('has a rate of its own', async () => {
      const owner = await auth.newcomer();
      const { body } = await owner.post<Key>('/v1/api-keys', { name: 'slow', scopes: [], rateLimit: 2 });
      const answers = [];
      for (let turn = 0; turn < 3; turn++) answers.push((await exchange(body.key)).status);
      expect(answers).toEqual([200, 200, 429]);
    });
  });
});
