import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './body';

/** What becomes of the body of one request that a client sends in its own way. */
async function read(send: (port: number) => void): Promise<string> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told = new Promise<string>(resolve => {
    server.once('request', (incoming, response) => {
      void readBody(incoming, 16)
        .then(String, (error: Error) => error.message)
        .then(resolve)
        .finally(() => response.end());
    });
  });
  send((server.address() as AddressInfo).port);
  return told.finally(() => {
    server.closeAllConnections();
    server.close();
  });
}

const post = (port: number, length: number): ReturnType<typeof request> =>
  request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': length } }).on(
    'error',
    () => undefined,
  );

it('is read whole', async () => {
  expect(await read(port => post(port, 4).end('body'))).toBe('body');
});

it('is refused when it is larger than allowed', async () => {
  expect(await read(port => post(port, 17).end('x'.repeat(17)))).toBe('the request body is too large');
});

it('is told as cut off when the client goes away', async () => {
  const message = read(port => {
    const client = post(port, 10);
    client.write('half', () => client.destroy());
  });
  expect(await message).toBe('the request was cut off');
});
