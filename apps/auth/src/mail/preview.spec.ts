import { newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { MAIL_TEMPLATES } from './mail';
import { MailPreviewController } from './mail.controller';

const LOCALES = [
  ['en', 'ltr'],
  ['de', 'ltr'],
  ['ar', 'rtl'],
] as const;

describe('mails', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  it.each(LOCALES)('can be looked at before they are sent: %s, %s', async (locale, direction) => {
    const { body } = await auth.browser().get<{ items: string[] }>('/v1/mail/preview');
    expect(body.items).toEqual(MAIL_TEMPLATES);
    for (const template of body.items) {
      const path = `/v1/mail/preview/${template}?locale=${locale}`;
      const page = await auth.browser().get<string>(path);
      expect([template, page.status, page.headers.get('content-type')]).toEqual([
        template,
        200,
        expect.stringContaining('text/html'),
      ]);
      expect(page.body).toContain(`<html lang="${locale}" dir="${direction}">`);
      expect(page.body).not.toMatch(/<script|undefined/);
    }
  });

  it('cannot be looked at where there is no such mail, nor in production', async () => {
    expect((await auth.browser().get('/v1/mail/preview/nothing')).status).toBe(404);
    const production = new MailPreviewController({ environment: 'production' } as never);
    expect(() => production.list()).toThrow();
  });

  it.each(LOCALES)(
    'arrive with a text part and in the direction of the language: %s, %s',
    async (locale, dir) => {
      const email = newEmail(locale);
      await auth.browser().post('/v1/signup/email-password', {
        email,
        password: PASSWORD,
        options: { locale, displayName: 'Amina' },
      });
      await auth.browser().post('/v1/user/password/reset', { email });
      const mail = await auth.mailbox.next(email);
      expect(mail.html).toContain(`<html lang="${locale}" dir="${dir}">`);
      expect(mail.text).toContain('Amina');
      expect(mail.text).toMatch(/https?:\/\/\S+ticket=/);
    },
  );
});
