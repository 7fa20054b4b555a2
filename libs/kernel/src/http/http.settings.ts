import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { boolean, defineSettings, duration, integer, list, oneOf, text } from '../settings';

/** What Express takes for a proxy. */
const PROXIES = {
  what: 'IP addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal,',
  fits: (word: string): boolean =>
    /^(loopback|linklocal|uniquelocal)$/.test(word) || isIP(word) !== 0 || ipaddr.isValidCIDR(word),
};

/** An origin is compared letter by letter: with a path, be it a slash, it would never be met. */
const ORIGINS = {
  what: 'origins such as https://family.example, without a slash at the end,',
  fits: (word: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s*]+$/.test(word),
};

/** What every service that listens reads. */
export const httpSettings = defineSettings('http', {
  environment: {
    env: 'NODE_ENV',
    meaning: 'Where this runs. Outside development and test weak secrets are refused.',
    shape: oneOf(['development', 'test', 'production']),
    default: 'production',
  },
  bindAddress: {
    env: 'BIND_ADDRESS',
    meaning: 'Address of the network interface that services listen on.',
    shape: text(),
    default: '127.0.0.1',
  },
  logLevel: {
    env: 'LOG_LEVEL',
    meaning: 'How much is logged.',
    shape: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
  },
  trustedProxies: {
    env: 'TRUSTED_PROXIES',
    meaning: 'Addresses or networks of proxies whose X-Forwarded-* headers are believed; nobody by default.',
    shape: list(PROXIES),
    default: [],
  },
  corsOrigins: {
    env: 'CORS_ORIGINS',
    meaning: 'Origins of web pages that may call with credentials, such as https://family.example.',
    shape: list(ORIGINS),
    default: [],
  },
  bodyLimit: {
    env: 'HTTP_BODY_LIMIT',
    meaning: 'Largest JSON or form body in bytes; uploads have limits of their own.',
    shape: integer({ min: 1024 }),
    default: 1_048_576,
  },
  shutdownDelay: {
    env: 'SHUTDOWN_DELAY',
    meaning: 'How long a service that was told to stop still serves while /ready already says 503.',
    shape: duration(),
    default: 0,
  },
  shutdownTimeout: {
    env: 'SHUTDOWN_TIMEOUT',
    meaning: 'How long requests in flight may take after that before their connections are cut.',
    shape: duration(),
    default: 10_000,
  },
  logRequests: {
    env: 'LOG_REQUESTS',
    meaning: 'Whether each answered request is a line in the log.',
    shape: boolean(),
    default: true,
  },
});
