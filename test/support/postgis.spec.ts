import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresWithPostgis } from './postgis';

describe('the Postgres of the system', () => {
  const system = mkdtempSync(join(tmpdir(), 'nself-system-'));
  afterAll(() => rmSync(system, { recursive: true }));

  const put = (folder: string, file: string): void => {
    mkdirSync(join(system, folder), { recursive: true });
    writeFileSync(join(system, folder, file), '');
  };
  const program = (version: string) => put(`lib/postgresql/${version}/bin`, 'postgres');
  const postgis = (version: string) => put(`share/postgresql/${version}/extension`, 'postgis_raster.control');

  it('is none where none has PostGIS, which is said, and a fault where it is required', () => {
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(postgresWithPostgis({}, system)).toBeUndefined();
    program('16');
    postgis('17');
    expect(postgresWithPostgis({}, system)).toBeUndefined();
    expect(said).toHaveBeenCalledWith(expect.stringContaining('skipped: no Postgres of this system'));
    said.mockRestore();
    expect(() => postgresWithPostgis({ TEST_POSTGIS: 'required' }, system)).toThrow('postgresql-postgis');
  });

  it('is the newest that has it', () => {
    for (const version of ['9', '15']) [program, postgis].forEach(make => make(version));
    expect(postgresWithPostgis({ TEST_POSTGIS: 'required' }, system)).toBe(join(system, 'lib/postgresql/15'));
  });
});
