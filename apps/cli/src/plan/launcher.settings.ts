import { defineSettings, integer, list, port, secret, text, url } from '@nself/kernel';

const ownPort = (what: string): string =>
  `Port of ${what}. The default moves to the next free one when it is taken.`;
const password = (role: string): string =>
  `Password of the database role ${role}, made at random by the first start. Unused where the role's address is given.`;

/**
 * What `nself start` itself reads; the services have settings of their own. What is set here for a server that is somebody
 * else's (DATABASE_URL, REDIS_URL, SMTP_HOST, S3_ENDPOINT) makes the embedded one stay away.
 */
export const launcherSettings = defineSettings('launcher', {
  folder: {
    env: 'NSELF_DIR',
    meaning:
      'Folder of .env and of everything that the stack keeps (.nself); the checkout itself unless said otherwise.',
    shape: text(),
    optional: true,
  },
  services: {
    env: 'NSELF_SERVICES',
    meaning: 'Which services a start brings up; all that were built unless said otherwise.',
    shape: list(),
    optional: true,
  },
  diskFloor: {
    env: 'NSELF_DISK_FLOOR_MB',
    meaning: 'A start is refused when fewer megabytes are free.',
    shape: integer({ min: 1 }),
    default: 256,
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    meaning:
      'A Postgres of your own, as a login that may make roles; read by nself alone, never by a service.',
    shape: url({ protocols: ['postgres', 'postgresql'] }),
    optional: true,
  },
  postgresPort: {
    env: 'POSTGRES_PORT',
    meaning: ownPort('the embedded Postgres'),
    shape: port(),
    default: 5432,
  },
  redisPort: { env: 'REDIS_PORT', meaning: ownPort('the embedded Redis'), shape: port(), default: 6379 },
  mailPort: {
    env: 'MAIL_CATCHER_PORT',
    meaning: ownPort('the page that shows caught mail'),
    shape: port(),
    default: 8025,
  },
  smtpPort: {
    env: 'MAIL_CATCHER_SMTP_PORT',
    meaning: ownPort('the mail catcher'),
    shape: port(),
    default: 1025,
  },
  appPassword: {
    env: 'APP_DATABASE_PASSWORD',
    meaning: password('nself_app'),
    shape: secret({ minBytes: 16 }),
    optional: true,
  },
  authPassword: {
    env: 'AUTH_DATABASE_PASSWORD',
    meaning: password('nself_auth'),
    shape: secret({ minBytes: 16 }),
    optional: true,
  },
  adminPassword: {
    env: 'ADMIN_DATABASE_PASSWORD',
    meaning: password('nself_admin'),
    shape: secret({ minBytes: 16 }),
    optional: true,
  },
});
