import { colours } from './terminal';

/** pino's levels by number, for programs that write those. */
const names: Readonly<Record<string, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

const paint: Readonly<Record<string, (text: string) => string>> = {
  warn: colours.yellow,
  error: colours.red,
  fatal: colours.red,
};

interface Entry {
  readonly level?: number | string;
  readonly time?: number | string;
  readonly msg?: string;
  readonly [detail: string]: unknown;
}

/** A line of a service as a person reads it; what is not one of our log lines stays as it is. */
export function logLine(line: string, service: string): string {
  const prefix = service ? `${colours.bold(service.padEnd(14))} ` : '';
  const entry = parsed(line);
  if (!entry) return prefix + line;
  const { level = 30, time, msg = '', pid: _pid, hostname: _host, ...details } = entry;
  const clock = time === undefined ? '' : new Date(time).toISOString().slice(11, 23);
  const name = names[level] ?? String(level);
  const sentence = `${(paint[name] ?? String)(name)} ${msg}`;
  return [prefix + colours.dim(clock), sentence, colours.dim(detailText(details))].filter(Boolean).join(' ');
}

function detailText(details: object): string {
  const { err, ...others } = details as { err?: { message?: string; stack?: string } };
  const pairs = Object.entries(others).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [...pairs, ...(err ? [err.stack ?? err.message ?? ''] : [])].join(' ');
}

function parsed(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
