import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { Client } from 'pg';
import { newEmail, PASSWORD, type Answer, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

const DAY_MS = 86_400_000;

/** A box with an Ed25519 key. */
class Box {
  readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');

  get publicKey(): string {
    return String(this.keys.publicKey.export({ format: 'jwk' }).x);
  }

  proof(purpose: string, subject: string, change: { nonce?: string; timestamp?: number } = {}) {
    const { nonce = randomBytes(16).toString('base64url'), timestamp = Date.now() } = change;
    const message = Buffer.from([purpose, subject, nonce, String(timestamp)].join('\n'));
    return { nonce, timestamp, signature: sign(null, message, this.keys.privateKey).toString('base64url') };
  }
}

interface Registered extends Tokens {
  device: { id: string; keyRotateAt: string };
}

interface Household {
  owner: Browser;
  box: Box;
  id: string;
  tokens: Registered;
}

describe('devices with a key of their own', () => {
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

  const newcomer = (): Promise<Browser> =>
    auth.browser().enter('/v1/auth/register', { email: newEmail('owner'), password: PASSWORD });

  const bootstrapToken = async (owner: Browser): Promise<string> => {
    const wish = { deviceType: 'antbox', name: 'Attic' };
    return (await owner.post<{ token: string }>('/v1/devices/bootstrap-tokens', wish)).body.token;
  };

  const register = (token: string, box: Box, proof: object = {}): Promise<Answer<Registered>> =>
    auth.browser().post('/v1/devices', {
      token,
      publicKey: box.publicKey,
      ...box.proof('nself-device-register', box.publicKey),
      ...proof,
    });

  async function registered(): Promise<Household> {
    const [owner, box] = [await newcomer(), new Box()];
    const made = await register(await bootstrapToken(owner), box);
    expect(made).toMatchObject({
      status: 201,
      body: { device: { name: 'Attic', trusted: true, hasKey: true }, family: { role: 'DEVICE' } },
    });
    return { owner, box, id: made.body.device.id, tokens: made.body };
  }

  const enter = async (id: string, proof: object): Promise<number> =>
    (await auth.browser().post(`/v1/devices/${id}/token`, proof)).status;

  describe('register by a bootstrap token', () => {
    it('that is good once, also when three come at once', async () => {
      const token = await bootstrapToken(await newcomer());
      const attempts = await Promise.all([new Box(), new Box(), new Box()].map(box => register(token, box)));
      expect(attempts.filter(each => each.status === 201)).toHaveLength(1);
      expect((await register(token, new Box())).status).toBe(401);
    });

    it('that has not expired and that somebody has given out, with the key that they show', async () => {
      const owner = await newcomer();
      const token = await bootstrapToken(owner);
      const [box, other] = [new Box(), new Box()];
      const foreign = other.proof('nself-device-register', box.publicKey);
      expect((await register(token, box, foreign)).status).toBe(403);
      expect((await register(randomBytes(24).toString('base64url'), box)).status).toBe(401);
      await database.query(
        `update device_bootstrap_tokens set expires_at = created_at + interval '1 microsecond' where family_id = $1`,
        [owner.familyId],
      );
      expect((await register(token, box)).status).toBe(401);
    });

    it('of somebody who may still give one out', async () => {
      const owner = await newcomer();
      const invited = await owner.post<{ token: string }>(`/v1/families/${owner.familyId}/invitations`, {
        role: 'ADMIN',
      });
      const admin = await auth.browser().enter('/v1/auth/register', {
        email: newEmail(),
        password: PASSWORD,
        invitation: invited.body.token,
      });
      const [first, second] = [await bootstrapToken(admin), await bootstrapToken(admin)];
      expect((await register(first, new Box())).status).toBe(201);
      await owner.delete(`/v1/families/${owner.familyId}/members/${admin.userId}`);
      expect((await register(second, new Box())).status).toBe(401);
    });

    it('of which only a digest is kept, and which only stewards give out', async () => {
      const owner = await newcomer();
      const token = await bootstrapToken(owner);
      const { rows } = await database.query('select * from device_bootstrap_tokens where family_id = $1', [
        owner.familyId,
      ]);
      expect(JSON.stringify(rows)).not.toContain(token);
      const invited = await owner.post<{ token: string }>(`/v1/families/${owner.familyId}/invitations`, {
        role: 'ADULT_MEMBER',
      });
      const adult = await auth.browser().enter('/v1/auth/register', {
        email: newEmail(),
        password: PASSWORD,
        invitation: invited.body.token,
      });
      expect((await adult.post('/v1/devices/bootstrap-tokens', { deviceType: 'tv' })).status).toBe(403);
    });
  });

  describe('come back by a signature', () => {
    it('of their own key, for this purpose', async () => {
      const { box, id } = await registered();
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(200);
      expect(await enter(id, new Box().proof('nself-device-token', id))).toBe(403);
      expect(await enter(id, box.proof('nself-device-key', id))).toBe(403);
      expect(await enter(id, box.proof('nself-device-token', box.publicKey))).toBe(403);
    });

    it('made within a minute, before or after', async () => {
      const { box, id } = await registered();
      const at = (seconds: number): Promise<number> =>
        enter(id, box.proof('nself-device-token', id, { timestamp: Date.now() + seconds * 1000 }));
      expect(await Promise.all([at(-30), at(30)])).toEqual([200, 200]);
      expect(await Promise.all([at(-61), at(120)])).toEqual([403, 403]);
    });

    it('over a nonce that was never seen, and is remembered for five minutes', async () => {
      const { box, id } = await registered();
      const proof = box.proof('nself-device-token', id);
      expect([await enter(id, proof), await enter(id, proof)]).toEqual([200, 403]);
      const racing = box.proof('nself-device-token', id);
      const statuses = await Promise.all(Array.from({ length: 5 }, () => enter(id, racing)));
      expect(statuses.filter(status => status === 200)).toHaveLength(1);
      const { rows } = await database.query<{ seconds: number }>(
        `select extract(epoch from expires_at - now())::float8 as seconds from auth.nonces where subject = $1`,
        [id],
      );
      expect(rows).toHaveLength(2);
      for (const { seconds } of rows) expect(seconds).toBeLessThanOrEqual(300);
    });
  });

  describe('rotate their key', () => {
    it('by a signature of the one before, which is good no longer', async () => {
      const [{ box, id }, next] = [await registered(), new Box()];
      const rotate = (by: Box): Promise<Answer> =>
        auth.browser().post(`/v1/devices/${id}/key`, {
          publicKey: next.publicKey,
          ...by.proof('nself-device-key', `${id} ${next.publicKey}`),
        });
      expect((await rotate(next)).status).toBe(403);
      expect((await rotate(box)).status).toBe(200);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(403);
      expect(await enter(id, next.proof('nself-device-token', id))).toBe(200);
    });

    it('to another one: showing the same key again is no rotation, however it is spelt', async () => {
      const { box, id } = await registered();
      // The last of the 43 signs stands for four bits and leaves two over.
      const twin = box.publicKey.slice(0, -1) + String.fromCharCode(box.publicKey.charCodeAt(42) + 1);
      for (const publicKey of [box.publicKey, twin]) {
        const proof = box.proof('nself-device-key', `${id} ${publicKey}`);
        expect(await auth.browser().post(`/v1/devices/${id}/key`, { publicKey, ...proof })).toMatchObject({
          status: 400,
          body: { code: 'VALIDATION_FAILED' },
        });
      }
    });

    it('within ninety days, and come in no more after them until they did', async () => {
      const { box, id, tokens } = await registered();
      const due = new Date(tokens.device.keyRotateAt).getTime() - Date.now();
      expect(due).toBeLessThanOrEqual(90 * DAY_MS);
      expect(due).toBeGreaterThan(89 * DAY_MS);
      await database.query(`update devices set key_rotate_at = now() - interval '1 day' where id = $1`, [id]);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(403);
      const next = new Box();
      await auth.browser().post(`/v1/devices/${id}/key`, {
        publicKey: next.publicKey,
        ...box.proof('nself-device-key', `${id} ${next.publicKey}`),
      });
      expect(await enter(id, next.proof('nself-device-token', id))).toBe(200);
    });
  });

  describe('never become people', () => {
    it('by the invitation of another family', async () => {
      const [{ tokens }, other] = [await registered(), await newcomer()];
      const { body } = await other.post<{ token: string }>(`/v1/families/${other.familyId}/invitations`, {
        role: 'ADULT_MEMBER',
      });
      const device = auth.browser();
      device.tokens = tokens;
      expect((await device.post('/v1/invitations/accept', { token: body.token })).status).toBe(403);
    });

    it('by a role, by the ownership of their family, or by being removed as if they were a member', async () => {
      const { owner, box, id } = await registered();
      const member = `/v1/families/${owner.familyId}/members/${id}`;
      expect((await owner.patch(member, { role: 'ADULT_MEMBER' })).status).toBe(403);
      expect((await owner.patch(member, { state: 'suspended' })).status).toBe(403);
      expect((await owner.delete(member)).status).toBe(403);
      expect((await owner.post(`/v1/families/${owner.familyId}/transfer`, { userId: id })).status).toBe(403);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(200);
    });

    it('by outliving their family, which takes their accounts along', async () => {
      const { owner, box, id, tokens } = await registered();
      expect((await owner.delete('/v1/account')).status).toBe(204);
      const device = auth.browser();
      device.tokens = tokens;
      expect((await device.get('/v1/auth/me')).status).toBe(401);
      const { refreshToken } = tokens;
      expect((await auth.browser().post('/v1/auth/refresh', { refreshToken })).status).toBe(401);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(403);
      expect((await database.query('select from auth.users where id = $1', [id])).rowCount).toBe(0);
    });

    it('while their family is suspended: they are nobody elsewhere', async () => {
      const { owner, box, id, tokens } = await registered();
      await database.query(`update families set state = 'suspended' where id = $1`, [owner.familyId]);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(403);
      const { refreshToken } = tokens;
      expect((await auth.browser().post('/v1/auth/refresh', { refreshToken })).status).toBe(401);
    });
  });

  describe('are revoked', () => {
    it('at once: token, refresh token and key are good for nothing', async () => {
      const { owner, box, id, tokens } = await registered();
      const device = auth.browser();
      device.tokens = tokens;
      expect((await device.get('/v1/auth/me')).status).toBe(200);
      expect((await owner.delete(`/v1/devices/${id}`)).status).toBe(204);
      expect((await device.get('/v1/auth/me')).status).toBe(401);
      expect(
        (await auth.browser().post('/v1/auth/refresh', { refreshToken: tokens.refreshToken })).status,
      ).toBe(401);
      expect(await enter(id, box.proof('nself-device-token', id))).toBe(403);
      const { body } = await owner.get<{ items: { revokedAt: string }[] }>('/v1/devices');
      expect(body.items[0]?.revokedAt).toEqual(expect.any(String));
    });

    it('by stewards of their own family only, and the trail tells of all that came before', async () => {
      const [{ owner, box, id }, next] = [await registered(), new Box()];
      await auth.browser().post(`/v1/devices/${id}/key`, {
        publicKey: next.publicKey,
        ...box.proof('nself-device-key', `${id} ${next.publicKey}`),
      });
      expect((await (await newcomer()).delete(`/v1/devices/${id}`)).status).toBe(404);
      await owner.delete(`/v1/devices/${id}`);
      const { rows } = await database.query<{ type: string }>(
        `select type from ops.audit_events where family_id = $1 and type like 'device.%' order by sequence`,
        [owner.familyId],
      );
      expect(rows.map(row => row.type)).toEqual([
        'device.invited',
        'device.registered',
        'device.key_changed',
        'device.revoked',
      ]);
    });
  });
});
