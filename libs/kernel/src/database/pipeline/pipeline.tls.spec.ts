import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { prepared } from './group';
import { Pipeline } from './pipeline';

const SERVER = new URL(process.env['TEST_DATABASE_URL'] ?? '');

/** A certificate that somebody gave to himself. */
async function certificate(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=localhost', keys });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----`,
    cert: made.toString('pem'),
  };
}

/** Postgres as it answers over TLS: says yes to the client's SSLRequest, and hands on what comes encrypted. */
async function encrypted(): Promise<Server> {
  const context = await certificate();
  const server = createServer((socket: Socket) => {
    socket.once('data', () => {
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, ...context });
      const postgres = connect(Number(SERVER.port), SERVER.hostname);
      secure.pipe(postgres).pipe(secure);
      for (const end of [secure, postgres]) end.on('error', () => socket.destroy());
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('a connection over TLS', () => {
  let server: Server;
  let pipeline: Pipeline;

  beforeAll(async () => {
    server = await encrypted();
    const { port } = server.address() as AddressInfo;
    const url = Object.assign(new URL(SERVER), { port: String(port) });
    const connection = { connectionString: url.href, ssl: { rejectUnauthorized: false } };
    pipeline = new Pipeline({ connection, connections: 2 });
  });
  afterAll(async () => {
    await pipeline.end();
    server.close();
  });

  it('carries small and large answers', async () => {
    const values = ['small', 'x'.repeat(300_000), 'small', 'y'.repeat(70_000)];
    const echo = (value: string): Promise<string | undefined> =>
      pipeline
        .run({ statements: [prepared('select $1::text', [value])] })
        .then(([rows]) => rows?.[0]?.[0]?.toString());
    expect(await Promise.all(values.map(echo))).toEqual(values);
  });
});
