import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newTrace, runWithTrace } from '@nself/observability';
import { AddressRule } from './address-rule';
import { OutboundClient } from './outbound-client';

const strict = new AddressRule([]);

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'hello',
    '',
  ])('%s is not public', address => expect(strict.allowsAddress(address)).toBe(false));

  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', address =>
    expect(strict.allowsAddress(address)).toBe(true),
  );

  it('may be allowed by network, name, or name and port', () => {
    const rule = new AddressRule(['10.1.0.0/16', 'fd00::1', 'Printer.home', 'nas.home:8080']);
    expect(rule.allowsAddress('10.1.2.3')).toBe(true);
    expect(rule.allowsAddress('10.2.2.3')).toBe(false);
    expect(rule.allowsAddress('fd00::1')).toBe(true);
    expect(rule.allowsName('printer.home', '')).toBe(true);
    expect(rule.allowsName('nas.home', '8080')).toBe(true);
    expect(rule.allowsName('nas.home', '22')).toBe(false);
  });
});

describe('the outbound client', () => {
  let server: Server;
  let port: number;
  const clients: OutboundClient[] = [];
  let seen: string | undefined;

  const client = (allowed: string[] = [], timeout = 2_000): OutboundClient => {
    const made = new OutboundClient({ allowed, timeout, maxBytes: 10_000 });
    clients.push(made);
    return made;
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen = String(request.headers.traceparent);
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url === '/endless') response.end('x'.repeat(50_000));
      else if (request.url !== '/silent') response.end('hello');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    await Promise.all(clients.map(each => each.onApplicationShutdown()));
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0:PORT/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'http://user:secret@example.org/',
    'not an address',
  ])('does not call %s', async address => {
    seen = undefined;
    const attempt = client().fetch(address.replace('PORT', String(port)));
    await expect(attempt).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(seen).toBeUndefined();
  });

  it('calls what the operator allows, and sends the trace along', async () => {
    const trace = newTrace();
    const answer = await runWithTrace(trace, () =>
      client(['127.0.0.0/8']).fetch(`http://localhost:${port}/`),
    );
    expect(await answer.text()).toBe('hello');
    expect(seen).toContain(trace.traceId);
  });

  it('calls a host that is allowed by name', async () => {
    const answer = await client([`localhost:${port}`]).fetch(`http://localhost:${port}/`);
    expect(answer.status).toBe(200);
  });

  it('follows no redirect', () =>
    expect(client(['127.0.0.1']).fetch(`http://127.0.0.1:${port}/away`)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      detail: 'The address leads elsewhere.',
    }));

  it('gives up on one that does not answer', () =>
    expect(client(['127.0.0.1'], 100).fetch(`http://127.0.0.1:${port}/silent`)).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    }));

  it('reads no more than allowed', async () => {
    const answer = await client(['127.0.0.1']).fetch(`http://127.0.0.1:${port}/endless`);
    await expect(answer.text()).rejects.toThrow();
  });
});
