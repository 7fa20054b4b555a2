import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder with `bin/postgres` of the newest Postgres of this system that has PostGIS, as Debian and Ubuntu install it;
 * undefined, and said so, where none has.
 *
 * @throws Error when there is none although `TEST_POSTGIS=required`
 */
export function postgresWithPostgis(
  { TEST_POSTGIS }: NodeJS.ProcessEnv,
  system = '/usr',
): string | undefined {
  const programs = join(system, 'lib', 'postgresql');
  const hasPostgis = (version: string): boolean =>
    existsSync(join(programs, version, 'bin', 'postgres')) &&
    existsSync(join(system, 'share', 'postgresql', version, 'extension', 'postgis_raster.control'));
  const versions = existsSync(programs) ? readdirSync(programs).filter(hasPostgis) : [];
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  if (newest !== undefined) return join(programs, newest);
  if (TEST_POSTGIS === 'required') throw new Error(`TEST_POSTGIS=required, but ${reason}`);
  process.stderr.write(`Specs of PostGIS are skipped: ${reason}\n`);
  return undefined;
}

const reason = 'no Postgres of this system has PostGIS: apt-get install postgresql-postgis';

/**
 * `describe` with the system's own Postgres, which has PostGIS, as the test server of the whole file; where there is none
 * the tests are skipped, and their name says why.
 */
export function describeWithPostgis(name: string, tests: () => void): void {
  const url = process.env.TEST_POSTGIS_URL;
  if (url !== undefined) process.env.TEST_DATABASE_URL = url;
  const there = url !== undefined;
  const run = there ? describe : describe.skip;
  run(there ? name : `${name} (${reason})`, tests);
}
