import { createTransport } from 'nodemailer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../net/ports';
import { MailCatcher } from './catcher';

interface Listed {
  messages_count: number;
  messages: { ID: string; Subject: string; To: { Address: string }[]; Bcc: { Address: string }[] }[];
}

describe('the mail catcher', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nself-mail-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('shows what it caught over the API and the page, keeps it over a restart, and forgets when told', async () => {
    const ports = { smtpPort: await anyFreePort(), httpPort: await anyFreePort(), folder };
    const base = `http://127.0.0.1:${ports.httpPort}`;
    const first = new MailCatcher(ports);
    await first.start();
    await send(ports.smtpPort);
    const { messages } = (await (await fetch(`${base}/api/v1/messages`)).json()) as Listed;
    expect(messages).toMatchObject([
      {
        Subject: 'Grüße <b>',
        To: [{ Address: 'ada@example.org' }],
        Bcc: [{ Address: 'quiet@example.org' }],
      },
    ]);
    const page = await (await fetch(base)).text();
    expect(page).toContain('Grüße &lt;b&gt;');
    await first.stop();

    const second = new MailCatcher(ports);
    await second.start();
    const latest = (await (await fetch(`${base}/api/v1/message/latest`)).json()) as object;
    expect(latest).toMatchObject({ ID: messages[0]?.ID, Text: expect.stringContaining('code 123456') });
    expect(await count(base, 'to:ADA@example.org')).toBe(1);
    expect(await count(base, 'subject:grüße code')).toBe(1);
    expect(await count(base, 'to:nobody')).toBe(0);
    await fetch(`${base}/api/v1/messages`, { method: 'DELETE' });
    expect(await count(base, '')).toBe(0);
    expect((await fetch(`${base}/message/${messages[0]?.ID}`)).status).toBe(404);
    await second.stop();
  });
});

async function count(base: string, query: string): Promise<number> {
  const answer = await fetch(`${base}/api/v1/search?query=${encodeURIComponent(query)}`);
  return ((await answer.json()) as Listed).messages_count;
}

async function send(port: number): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false });
  await transport.sendMail({
    from: 'nself <no-reply@example.org>',
    to: 'Ada <ada@example.org>',
    bcc: 'quiet@example.org',
    subject: 'Grüße <b>',
    text: 'Your code 123456',
  });
  transport.close();
}
