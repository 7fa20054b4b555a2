import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Installation, type Finished } from '../support';
import { OutsideServers } from './outside-servers';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

/**
 * What a person can get wrong before the first start: each is answered by one clear line and a remedy, exit code 1,
 * and leaves nothing half-made and nothing running.
 */
describe('bad input', () => {
  let installation: Installation;
  beforeEach(() => {
    installation = new Installation();
  });
  afterEach(async () => {
    expect(installation.processes()).toEqual([]);
    await installation.remove();
  });

  const refused = async (env: Record<string, string>): Promise<Finished> => {
    const finished = await installation.run(['start', '--detach'], env);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain('→');
    expect(existsSync(join(installation.folder, '.nself', 'postgres'))).toBe(false);
    return finished;
  };

  it('a port that is no port', async () => {
    const { stderr } = await refused({ API_PORT: 'eighty', AUTH_PORT: '70000' });
    expect(stderr).toContain('API_PORT is wrong; expected a port from 1 to 65535.');
    expect(stderr).toContain('AUTH_PORT is wrong');
  });

  it('settings of the start itself: all of them are named at once', async () => {
    const { stderr } = await refused({
      POSTGRES_PORT: '70000',
      NSELF_DISK_FLOOR_MB: 'some',
      DATABASE_URL: 'mysql://x',
    });
    for (const name of ['POSTGRES_PORT', 'NSELF_DISK_FLOOR_MB', 'DATABASE_URL']) {
      expect(stderr).toMatch(new RegExp(`${name} is .*; expected`));
    }
  });

  it('a configured port that is taken', async () => {
    const blocker = await listen();
    const { port } = blocker.address() as AddressInfo;
    const { stderr } = await refused({ API_PORT: String(port) });
    expect(stderr).toContain(`API_PORT is ${port}, and that port is taken.`);
    blocker.close();
  });

  it('a service that does not exist', async () => {
    const { stderr } = await refused({ NSELF_SERVICES: 'api,cinema' });
    expect(stderr).toContain('NSELF_SERVICES names cinema; expected some of');
  });

  it('a Postgres that is too old', async () => {
    const old = await listen(socket => speakAsPostgres(socket, '12.22', '120022'));
    const { port } = old.address() as AddressInfo;
    const { stderr } = await refused({ DATABASE_URL: `postgres://x:y@127.0.0.1:${port}/x` });
    expect(stderr).toContain('The Postgres of DATABASE_URL is version 12; nself needs 15 or newer.');
    old.close();
  });

  it.each([
    ['that nobody runs', 'postgres://x:y@127.0.0.1:1/x', 'cannot be reached'],
    ['that is no address', 'postgres://[', 'DATABASE_URL is'],
  ])('a Postgres %s', async (_, url, line) => {
    expect((await refused({ DATABASE_URL: url })).stderr).toContain(line);
  });

  it('a Redis that evicts', async () => {
    const outside = new OutsideServers();
    const { stderr } = await refused({ REDIS_URL: await outside.redis('allkeys-lru') });
    await outside.stop();
    expect(stderr).toContain('may throw jobs away: its maxmemory-policy is allkeys-lru.');
  });

  it('a Redis that nobody runs', async () => {
    const { stderr } = await refused({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(stderr).toContain('The Redis of REDIS_URL cannot be reached');
  });

  it('a disk that is full', async () => {
    const { stderr } = await refused({ NSELF_DISK_FLOOR_MB: '999999999' });
    expect(stderr).toContain('is nearly full');
  });

  it('a folder that cannot be used', async () => {
    writeFileSync(join(installation.folder, '.nself'), '');
    const { code, stderr } = await installation.run(['start', '--detach']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be used') });
  });

  it('a folder that cannot be read', async () => {
    const ordinary = new Installation(process.getuid?.() === 0 ? { user: { uid: 65_534, gid: 65_534 } } : {});
    const state = join(ordinary.folder, '.nself');
    mkdirSync(state);
    chmodSync(state, 0);
    const finished = await ordinary.run(['start', '--detach']);
    chmodSync(state, 0o755);
    const made = readdirSync(state);
    await ordinary.remove();
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be used[\s\S]*→/) });
    expect(made).toEqual([]);
  });

  it('a setting of one service: its line is shown, and everything is taken down again', async () => {
    const { code, stderr } = await installation.run(['start', '--detach'], { HTTP_BODY_LIMIT: 'much' });
    expect(code).toBe(1);
    expect(stderr).toContain('HTTP_BODY_LIMIT is "much"; expected a whole number');
  });

  it('a command that does not exist', async () => {
    const { code, stderr } = await installation.run(['stat']);
    expect(code).toBe(1);
    expect(stderr).toContain("unknown command 'stat'");
  });
});

function listen(answer: (socket: Socket) => void = () => undefined): Promise<Server> {
  return new Promise(resolve => {
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      answer(socket);
    }).listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** The start-up and one `show server_version_num` of Postgres's protocol 3.0, as an old server would answer. */
function speakAsPostgres(socket: Socket, version: string, number: string): void {
  const ready = message('Z', Buffer.from('I'));
  let started = false;
  socket.on('data', () => {
    if (started) return socket.write(Buffer.concat([...rowWith(number), message('C', text('SHOW')), ready]));
    started = true;
    const greeting = [message('R', int32(0)), message('S', text('server_version'), text(version)), ready];
    return socket.write(Buffer.concat(greeting));
  });
}

function rowWith(value: string): Buffer[] {
  const column = [text('server_version_num'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)];
  return [message('T', int16(1), ...column), message('D', int16(1), int32(value.length), Buffer.from(value))];
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const int32 = (value: number): Buffer => Buffer.from(Int32Array.of(value).buffer).swap32();
const int16 = (value: number): Buffer => Buffer.from(Int16Array.of(value).buffer).swap16();
