import { serviceNamed } from '@nself/dev-stack';
import type { Run } from '../state/run';
import { colours, marks, table } from './terminal';

const purposes: Readonly<Record<string, string>> = {
  postgres: 'database (./nself db psql)',
  redis: 'queues and limits',
  mail: 'mail that was caught',
  smtp: 'takes mail of the services',
};

/** The table at the end of a start: what runs where, and which default ports had to move. */
export function addressTable({ addresses, moved }: Pick<Run, 'addresses' | 'moved'>): string {
  const rows = Object.entries(addresses).map(([name, address]) => [
    colours.bold(name),
    colours.cyan(address),
    serviceNamed(name)?.purpose ?? purposes[name] ?? '',
  ]);
  return [table(['name', 'address', 'what it is'], rows), ...moved.map(movedLine)].join('\n');
}

function movedLine({ name, wanted, got }: Run['moved'][number]): string {
  return `  ${marks.note} ${name} uses port ${got}, because ${wanted} was taken`;
}
