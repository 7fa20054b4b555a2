import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spoolUpload, type Spooled } from './spool';

let folder: string;
let server: Server;
let outcome: Promise<Spooled | Error>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nself-spool-'));
  server = createServer((request, response) => {
    outcome = spoolUpload(request, { folder, maxBytes: 1_000_000, fields: ['caption'] }).catch(
      (error: Error) => error,
    );
    void outcome.finally(() => response.end('done'));
  }).listen(0);
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name));
});

async function send(form: FormData): Promise<Spooled | Error> {
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'POST', body: form });
  return outcome;
}

function form(parts: readonly (readonly [string, string | Blob])[]): FormData {
  const made = new FormData();
  for (const [name, value] of parts) made.append(name, value);
  return made;
}

const blob = (size: number): Blob => new Blob([randomBytes(size)], { type: 'image/png' });

it('puts the bytes on the disk and knows their hash', async () => {
  const data = randomBytes(500_000);
  const spooled = (await send(
    form([
      ['caption', 'At the lake'],
      ['file', new Blob([data], { type: 'image/png' })],
    ]),
  )) as Spooled;
  expect(spooled).toMatchObject({
    size: data.length,
    declaredType: 'image/png',
    fields: { caption: 'At the lake' },
  });
  expect(spooled.sha256).toBe(createHash('sha256').update(data).digest('hex'));
  expect(await readFile(spooled.path)).toEqual(data);
});

it('keeps of a name what can be shown', async () => {
  const name = `a\u0000\nb${'😀'.repeat(300)}.png`;
  const body = [
    '--b',
    `content-disposition: form-data; name="file"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-type: image/png',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(url, { method: 'POST', headers, body });
  expect(((await outcome) as Spooled).name).toBe(`ab${'😀'.repeat(253)}`);
});

it.each([
  ['no file', [['caption', 'x']], 'A file is expected'],
  [
    'a second file',
    [
      ['file', blob(10)],
      ['file', blob(10)],
    ],
    'Exactly one file',
  ],
  ['a file in another field', [['picture', blob(10)]], 'Exactly one file'],
  [
    'a field that is not known',
    [
      ['familyId', 'x'],
      ['file', blob(10)],
    ],
    'not expected',
  ],
  [
    'a field that is far too long',
    [
      ['caption', 'x'.repeat(20_000)],
      ['file', blob(10)],
    ],
    'too long',
  ],
  ['a file that is too large', [['file', blob(1_000_001)]], 'larger than'],
] as const)('refuses %s and leaves nothing on the disk', async (_name, parts, reason) => {
  const error = await send(form(parts));
  expect((error as Error).message).toContain(reason);
  expect(await readdir(folder)).toEqual([]);
});

it('refuses what is not multipart', async () => {
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    method: 'POST',
    body: 'plain',
  });
  expect(((await outcome) as Error).message).toContain('multipart/form-data');
});

it('leaves nothing on the disk when the sender hangs up', async () => {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 900_000 };
  const sender = httpRequest({ port, method: 'POST', headers });
  sender.on('error', () => undefined);
  sender.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
  sender.write(randomBytes(100_000));
  const [request] = (await once(server, 'request')) as [NodeJS.ReadableStream];
  await once(request, 'data');
  sender.destroy();
  expect(((await outcome) as Error).message).toContain('broke off');
  expect(await readdir(folder)).toEqual([]);
});
