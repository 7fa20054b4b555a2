import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StackFault } from '../fault';
import { isPortFree } from '../net/ports';
import type { Command } from '../process/command';
import type { Server } from '../server';
import type { Service } from './catalogue';

/** One of our services as a process, run from what was built. */
export class ServiceServer implements Server {
  readonly name: string;
  readonly stopSignal = 'SIGTERM';

  constructor(
    service: Service,
    private readonly options: {
      readonly root: string;
      readonly port: number;
      readonly env: Readonly<Record<string, string>>;
    },
  ) {
    this.name = service.name;
  }

  /** @throws StackFault when somebody else listens on the port: their answers would pass for this service's */
  async prepare(): Promise<Command> {
    const { root, port, env } = this.options;
    if (!(await isPortFree(port))) {
      throw new StackFault(`${this.name} cannot have port ${port}: it is taken.`, 'End what listens there.');
    }
    return { file: process.execPath, args: [entryOf(root, this.name)], cwd: root, env };
  }

  async check(): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.options.port}/ready`, {
      signal: AbortSignal.timeout(5_000),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`it is not ready: ${body.slice(0, 300)}`);
  }
}

/** Does this checkout have the service, built? */
export function isBuilt(root: string, service: Service): boolean {
  return existsSync(entryOf(root, service.name));
}

export function entryOf(root: string, name: string): string {
  return join(root, 'dist', 'apps', name, 'src', 'main.js');
}
