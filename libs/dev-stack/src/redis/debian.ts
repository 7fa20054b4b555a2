import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RedisProgram } from './program';

const run = promisify(execFile);

// redis-server is a link to redis-check-rdb, which lies in redis-tools: both packages are needed.
const wanted = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];

/**
 * Fetches Redis out of the distribution's signed packages into a folder, as any user: apt gets lists and cache of
 * its own there, and the packages are unpacked instead of installed (7 MB).
 *
 * @throws Error with what apt said when the packages are out of reach.
 */
export async function fetchDebianRedis(cache: string, say: (line: string) => void): Promise<RedisProgram> {
  const home = join(cache, 'redis');
  if (!existsSync(home)) {
    say('fetching Redis from the packages of this system');
    await unpackInto(home, join(cache, `redis.${process.pid}`));
  }
  return { file: join(home, 'usr', 'bin', 'redis-server'), libraries: librariesOf(home) };
}

async function unpackInto(home: string, work: string): Promise<void> {
  const tree = join(work, 'tree');
  for (const folder of ['lists/partial', 'cache/archives/partial', 'tree']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  try {
    await apt(work, ['update']);
    await apt(work, ['download', ...(await knownOf(work))]);
    const packages = readdirSync(work).filter(file => file.endsWith('.deb'));
    for (const file of packages) await run('dpkg-deb', ['-x', join(work, file), tree]);
    if (!existsSync(home)) renameSync(tree, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The wanted packages that this release has: library names change between releases. */
async function knownOf(work: string): Promise<string[]> {
  const known = await Promise.all(
    wanted.map(async name => ((await apt(work, ['show', name]).catch(() => '')) ? [name] : [])),
  );
  return known.flat();
}

async function apt(work: string, args: readonly string[]): Promise<string> {
  const program = args[0] === 'show' ? 'apt-cache' : 'apt-get';
  const options = [
    `Dir::State::lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
  ];
  const { stdout } = await run(program, [...options.flatMap(option => ['-o', option]), '-q', ...args], {
    cwd: work,
  });
  return stdout;
}

/** The folder of the libraries is named after the machine, as in usr/lib/x86_64-linux-gnu. */
function librariesOf(home: string): string | undefined {
  const lib = join(home, 'usr', 'lib');
  const folder = existsSync(lib) ? readdirSync(lib).find(name => name.includes('-linux-')) : undefined;
  return folder && join(lib, folder);
}
