import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment, type Command } from '../process/command';
import type { Server } from '../server';

export interface S3Options {
  readonly home: string;
  readonly port: number;
  readonly accessKey?: string;
  readonly secretKey?: string;
}

/**
 * A small S3 on local folders, for tests. It runs as a process of its own because its package needs a cipher
 * that OpenSSL 3 only offers with a flag of the whole process.
 */
export class S3Server implements Server {
  readonly name = 's3';
  readonly stopSignal = 'SIGTERM';
  readonly accessKey: string;
  readonly secretKey: string;

  constructor(private readonly options: S3Options) {
    this.accessKey = options.accessKey ?? 'nself-test';
    this.secretKey = options.secretKey ?? randomBytes(18).toString('hex');
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  prepare(): Promise<Command> {
    const { home, port } = this.options;
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return Promise.resolve({
      file: process.execPath,
      args: ['--openssl-legacy-provider', join(__dirname, '..', '..', 'bin', 's3.cjs')],
      cwd: home,
      env: {
        ...plainEnvironment(),
        S3_HOME: home,
        S3_PORT: String(port),
        S3_ACCESS_KEY: this.accessKey,
        S3_SECRET_KEY: this.secretKey,
      },
    });
  }

  /** Any answer will do: without a signature it is "403", and that is an answer. */
  async check(): Promise<void> {
    const answer = await fetch(this.endpoint);
    await answer.arrayBuffer();
  }
}
