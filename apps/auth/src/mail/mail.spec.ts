import { MAIL_TEMPLATES } from './mail';
import { renderMail } from './render';

const facts = {
  displayName: 'Amina <b>',
  link: 'https://family.example/verify?a=1&b="2"',
  code: '314159',
  minutes: 10,
  newEmail: 'new@example.org',
  family: 'Khaled',
  what: 'TV',
};

describe.each(['en', 'de', 'ar'])('mails in %s', locale => {
  it.each(MAIL_TEMPLATES)('%s has a subject, a text part and safe HTML, and fills every gap', template => {
    const { subject, text, html } = renderMail({ template, locale, facts });
    expect(subject).not.toMatch(/[{}\r\n]|undefined/);
    expect(text).not.toMatch(/[{}]|undefined/);
    expect(html).not.toMatch(/<b>|undefined/);
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
  });
});

describe('mails', () => {
  it('carry the link in both parts, escaped in HTML', () => {
    const { text, html } = renderMail({ template: 'password-reset', locale: 'en', facts });
    expect(text).toContain(facts.link);
    expect(html).toContain('href="https://family.example/verify?a=1&amp;b=&quot;2&quot;"');
  });

  it('let a name be a name: on its line, short, no link, and no turn of direction', () => {
    const displayName = 'https://evil.example/pay\r\n\nYour account is locked. \u202eCall a.b@evil.example';
    for (const locale of ['en', 'de', 'ar']) {
      const { text, html } = renderMail({
        template: 'email-verify',
        locale,
        facts: { ...facts, displayName },
      });
      for (const part of [text, html]) {
        expect(part).not.toMatch(/:\/\/evil|evil\.example|@evil|\u202e|\nYour account/);
        expect(part).toContain('Your account is locked.');
      }
    }
    const family = `Welcome ${'very '.repeat(100)}much`;
    const { subject } = renderMail({
      template: 'family-invitation',
      locale: 'en',
      facts: { ...facts, family },
    });
    expect(subject.length).toBeLessThan(100);
  });

  it('leave a usual name as it is', () => {
    for (const displayName of ['Amina K.', 'آمنة بنت خالد', "Jean-Luc O'Neil, Dr. 👩‍👧"]) {
      const { text } = renderMail({
        template: 'email-verify',
        locale: 'en',
        facts: { ...facts, displayName },
      });
      expect(text).toContain(`Hello ${displayName},`);
    }
  });

  it('fall back to English, and greet without a name too', () => {
    const { text } = renderMail({
      template: 'signin-otp',
      locale: 'xx',
      facts: { code: '123456', minutes: 10 },
    });
    expect(text).toMatch(/^Hello,\n/);
    expect(text).toContain('123456');
  });

  it('differ between languages', () => {
    const subjects = ['en', 'de', 'ar'].map(
      locale => renderMail({ template: 'email-verify', locale, facts }).subject,
    );
    expect(new Set(subjects).size).toBe(3);
  });
});
