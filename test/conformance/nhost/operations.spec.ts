import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Contract } from './contract';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'compatibility', 'nhost-auth.md');

interface Row {
  operation: string;
  status: string;
  how: string;
  test: string;
}

const rows: Row[] = readFileSync(PAGE, 'utf8')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => cells.length === 7 && cells[1]?.startsWith('`'))
  .map(cells => ({
    operation: cells[1]?.replaceAll('`', '') ?? '',
    status: cells[3] ?? '',
    how: cells[4] ?? '',
    test: cells[5] ?? '',
  }));

describe('the page on compatibility', () => {
  it('has every operation of the contract, once', () => {
    const named = rows.map(row => row.operation);
    expect(new Set(named).size).toBe(named.length);
    expect(new Contract().operations.filter(id => !named.includes(id))).toEqual([]);
  });

  it.each(rows)('says of $operation what it is, and links a test that is there', ({ status, how, test }) => {
    expect(['matched', 'better', 'refused']).toContain(status);
    expect(status === 'matched' || how !== '').toBe(true);
    const link = /\]\(([^)]+)\)/.exec(test)?.[1] ?? '';
    expect(existsSync(join(dirname(PAGE), link))).toBe(true);
  });
});
