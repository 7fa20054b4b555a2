import { once } from 'node:events';
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Contract, type Breach } from './contract';

/** Stands between an SDK and auth, hands everything on untouched, and judges every answer by the contract. */
export class Witness {
  readonly contract = new Contract();
  readonly breaches: Breach[] = [];
  /** Operations that were answered with success. */
  readonly seen = new Set<string>();
  private readonly server: Server = createServer((request, response) => this.pass(request, response));

  constructor(private readonly target: string) {}

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const onward = ask(
      this.target + (request.url ?? ''),
      { method: request.method, headers: request.headers },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          this.note(request, answer, body);
          response.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
        });
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }

  private note(request: IncomingMessage, answer: IncomingMessage, body: Buffer): void {
    const path = new URL(request.url ?? '/', this.target).pathname.replace(/^\/v1/, '');
    const [method = 'GET', status = 0] = [request.method, answer.statusCode];
    const operation = this.contract.operationOf(method, path);
    if (operation && status < 400) this.seen.add(operation);
    const json = answer.headers['content-type']?.includes('json') && !answer.headers['content-encoding'];
    const breach = json
      ? this.contract.judge(method, path, status, JSON.parse(body.toString('utf8') || 'null'))
      : undefined;
    if (breach) this.breaches.push(breach);
  }
}
