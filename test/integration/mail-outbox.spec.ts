import { Client } from 'pg';
import { newEmail, PASSWORD } from '../../apps/auth/testing/browser';
import { linkIn, Mailbox } from '../../apps/auth/testing/mailbox';
import { testStack, type TestStack } from '../support';

const NEW_PASSWORD = 'an orchard full of pears 8';
const DRAWS = process.env.NSELF_LONG ? 20 : 2;

/** A mail that was asked for comes, wherever the service is killed between the answer and the sending. */
describe('mails on their way', () => {
  let mailbox: Mailbox;
  let stack: TestStack;
  let database: Client;

  beforeAll(async () => {
    mailbox = await Mailbox.open();
    const env = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(mailbox.port), AUTH_ARGON2_MEMORY_KIB: '1024' };
    stack = await testStack(['auth'], { env });
    database = new Client({ connectionString: stack.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await stack?.stop();
    await mailbox?.close();
  });

  async function post(path: string, body: object): Promise<number> {
    const answer = await fetch(stack.url('auth', path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.text();
    return answer.status;
  }

  async function person(): Promise<string> {
    const email = newEmail('reset');
    expect(await post('/v1/auth/register', { email, password: PASSWORD })).toBe(201);
    return email;
  }

  /** Ends it without a word, and starts it again. What it had claimed is given up as if its lease had run out. */
  async function kill(): Promise<void> {
    const pid = stack.pid('auth');
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 20));
    await stack.end('auth');
    await database.query('update ops.outbox set available_at = now() where delivered_at is null');
  }

  const ticketIn = async (email: string): Promise<string> =>
    linkIn(await mailbox.next(email)).searchParams.get('ticket') ?? '';

  it('come after a kill in the middle of the sending, and the link in them is good', async () => {
    const email = await person();
    mailbox.shut = true;
    expect(await post('/v1/user/password/reset', { email })).toBe(200);
    await mailbox.knocked();
    const { rows } = await database.query<{ row: string }>(
      `select o::text as row from ops.outbox o where topic = 'mail' and delivered_at is null`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toMatch(new RegExp(`passwordReset|${email}`));
    await kill();
    mailbox.shut = false;
    await stack.run('auth');
    const ticket = await ticketIn(email);
    expect(await post('/v1/user/password', { newPassword: NEW_PASSWORD, ticket })).toBe(200);
    expect(await post('/v1/auth/login', { email, password: NEW_PASSWORD })).toBe(200);
  });

  it.each(Array.from({ length: DRAWS }, (_, draw) => draw))(
    'come after a kill at some moment behind the answer (%i)',
    async () => {
      const email = await person();
      expect(await post('/v1/user/password/reset', { email })).toBe(200);
      await new Promise(resolve => setTimeout(resolve, Math.random() * 40));
      await kill();
      await stack.run('auth');
      expect(await ticketIn(email)).toMatch(/^passwordReset:/);
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
