import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { lastLines, StackFault } from '@nself/dev-stack';
import { logLine } from '../output/log-line';
import { print } from '../output/terminal';
import { homeOf } from '../state/home';

interface LogOptions {
  readonly follow?: boolean;
  readonly lines: string;
  readonly json?: boolean;
}

/** `nself logs [service]`: what was written last, for people to read; as it was written with `--json`. */
export async function logs(service: string | undefined, options: LogOptions): Promise<number> {
  const files = logFiles(homeOf(process.env).logs, service);
  const count = Number.parseInt(options.lines, 10) || 40;
  const show = (file: string, line: string): void =>
    print(options.json ? line : logLine(line, files.length > 1 ? basename(file, '.log') : ''));
  for (const file of files) for (const line of lastLines(file, count)) show(file, line);
  if (options.follow) await Promise.all(files.map(file => follow(file, line => show(file, line))));
  return 0;
}

function logFiles(folder: string, service: string | undefined): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.log')) : [];
  const known = names.map(name => basename(name, '.log'));
  if (service === undefined) return names.map(name => join(folder, name));
  if (known.includes(service)) return [join(folder, `${service}.log`)];
  throw new StackFault(
    `There is no log of "${service}".`,
    known.length > 0 ? `There are: ${known.join(', ')}.` : 'Start the stack first with ./nself start.',
  );
}

/** Until somebody presses Ctrl-C. */
async function follow(file: string, show: (line: string) => void): Promise<void> {
  const tail = spawn('tail', ['-n', '0', '-F', file], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: tail.stdout })) show(line);
}
