import { boolean, defineSettings, port, text, type SettingsOf } from '@nself/kernel';

/** Where mail goes out. */
export const mailSettings = defineSettings('mail', {
  host: {
    env: 'SMTP_HOST',
    meaning: 'Mail server that takes outgoing mail.',
    shape: text(),
    default: '127.0.0.1',
  },
  port: { env: 'SMTP_PORT', meaning: 'Port of the mail server.', shape: port(), default: 1025 },
  secure: {
    env: 'SMTP_SECURE',
    meaning:
      'Speak TLS from the first byte (usual on port 465); otherwise STARTTLS where the server offers it.',
    shape: boolean(),
    default: false,
  },
  user: { env: 'SMTP_USER', meaning: 'Account at the mail server.', shape: text(), optional: true },
  password: {
    env: 'SMTP_PASSWORD',
    meaning: 'Password of that account.',
    shape: text({ secret: true }),
    optional: true,
  },
  sender: {
    env: 'SMTP_SENDER',
    meaning: 'Sender of mails, such as "nself <no-reply@family.example>".',
    shape: text(),
    default: 'nself <no-reply@localhost>',
  },
});

export type MailSettings = SettingsOf<typeof mailSettings>;
