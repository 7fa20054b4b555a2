import { pino, type Logger } from 'pino';
import { currentTrace } from '../trace/trace';

export type { Logger } from 'pino';

/**
 * Fields that never reach a log line, wherever in the first two levels of a record they stand (checks B7).
 */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'privateKey',
  'ticket',
  'otp',
];

const root = pino({
  level: 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: label => ({ level: label }) },
  redact: { paths: SECRET_FIELDS.flatMap(field => [field, `*.${field}`]), censor: '[secret]' },
  mixin: () => {
    const trace = currentTrace();
    return trace ? { traceId: trace.traceId, spanId: trace.spanId } : {};
  },
});

const made = new Set<Logger>();

/**
 * A logger that writes JSON lines to standard output. Each line carries the time (ISO, UTC), the level, `name`, and
 * the current trace's id when there is one.
 */
export function logger(name: string): Logger {
  const child = root.child({ name });
  made.add(child);
  return child;
}

/** Sets the level of every logger, those made before as well: trace, debug, info, warn, error, fatal or silent. */
export function setLogLevel(level: string): void {
  root.level = level;
  for (const each of made) each.level = level;
}
