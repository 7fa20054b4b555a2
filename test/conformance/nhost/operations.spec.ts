import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClient } from 'nhost-js-4.7';
import { startAuth, type RunningAuth } from '../../../apps/auth/testing/harness';
import { Contract, itWithContract } from './contract';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'compatibility', 'nhost-auth.md');

interface Row {
  operation: string;
  route: string;
  status: string;
  how: string;
  test: string;
}

const rows: Row[] = readFileSync(PAGE, 'utf8')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => cells.length === 7 && cells[1]?.startsWith('`'))
  .map(([, operation = '', route = '', status = '', how = '', test = '']) => ({
    operation: operation.replaceAll('`', ''),
    route,
    status,
    how,
    test,
  }));
const refused = rows.filter(row => row.status === 'refused');
const served = rows.filter(row => row.status !== 'refused');

/** What apps can ask of the newest SDK; two of its words end in `URL` and build an address for a browser. */
const ofSdk = Object.entries(createClient({ authUrl: 'http://127.0.0.1:9/v1' }).auth)
  .filter(([name, member]) => typeof member === 'function' && name !== 'pushChainFunction')
  .map(([name]) => name.replace(/URL$/, ''));

/** The part of a route that no parameter stands in: what a test that asks for it must spell. */
const spelled = (route: string): string => /\/([^/{]+)(\/\{\w+\})?$/.exec(route)?.[1] ?? route;

describe('the page on compatibility', () => {
  it('names every operation once', () => {
    const named = rows.map(row => row.operation);
    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
    expect(named.length).toBeGreaterThan(50);
  });

  itWithContract('serves what the contract has, by the same routes, and nothing else', () => {
    const told = served.map(({ operation, route }) => `${operation}: ${route}`);
    const expected = Object.entries(new Contract().routesById).map(([id, route]) => `${id}: ${route}`);
    expect([...told].sort()).toEqual(expected.sort());
  });

  it('leaves out nothing that the newest SDK can ask for', () => {
    expect(ofSdk.length).toBeGreaterThan(50);
    expect(ofSdk.filter(name => !rows.some(row => row.operation === name))).toEqual([]);
  });

  it.each(rows)('says of $operation what it is, and links a test that asks for it', row => {
    const { operation, route, status, how, test } = row;
    expect(['matched', 'better', 'refused']).toContain(status);
    expect(status === 'matched' || how !== '').toBe(true);
    const file = join(dirname(PAGE), /\]\(([^)]+)\)/.exec(test)?.[1] ?? '');
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(status === 'refused' || text.includes(operation) || text.includes(spelled(route))).toBe(true);
  });
});

describe('what is refused', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  it.each(refused)('$route is not there, and says so in JSON', async ({ route }) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const { status, headers, body } = await auth
      .browser()
      .ask(method, `/v1${path.replace(/\{\w+\}/, 'google')}`);
    expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('json')]);
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  });
});
