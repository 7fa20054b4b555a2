import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/**
 * Processor time per request, Node's and Postgres's together, over that of a bare server that sends the same SQL.
 * What a quiet machine measures (1.25, 1.05, 1.02), and a quarter on top for a busy one.
 */
const CEILINGS = { pk: 1.6, list: 1.3, l1000: 1.3 };

describe('the engine beside the limit of the machine', () => {
  let dist: string;

  beforeAll(async () => {
    dist = mkdtempSync(join(tmpdir(), 'nself-gate-'));
    const swc = [
      'swc',
      'apps/graphql',
      'libs',
      '--config-file',
      '.swcrc',
      '--out-dir',
      dist,
      '--copy-files',
      '--quiet',
    ];
    await run('npx', swc, { cwd: ROOT });
    symlinkSync(join(ROOT, 'node_modules'), join(dist, 'node_modules'));
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  it('takes little more of the processor for a request', async () => {
    const settings = JSON.stringify({
      url: process.env['TEST_DATABASE_URL'],
      database: `nself_gate_${process.pid}`,
    });
    const gate = join(__dirname, 'graphql', 'gate.mjs');
    const { stdout } = await run(process.execPath, [gate, settings], {
      env: { ...process.env, BENCH_DIST: dist },
    });
    const ratios: Record<string, number> = JSON.parse(stdout);
    const over = Object.entries(CEILINGS).filter(
      ([name, ceiling]) => !((ratios[name] ?? Number.NaN) <= ceiling),
    );
    expect({ over, ratios }).toEqual({ over: [], ratios });
  }, 300_000);
});
