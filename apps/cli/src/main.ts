import { Command } from 'commander';
import { showFault } from './output/fault';

/**
 * The `nself` program. A command's code is loaded when it is called and not before: `nself status` should not wait for
 * what `nself start` needs. A command answers its exit code; undefined means that it goes on in the background.
 */
type Run<Args extends unknown[]> = (...args: Args) => number | undefined | Promise<number | undefined>;

function lazily<Args extends unknown[]>(load: () => Promise<Run<Args>>): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      const run = await load();
      const code = await run(...args);
      if (code !== undefined) process.exitCode = code;
    } catch (error) {
      showFault(error);
      process.exitCode = 1;
    }
  };
}

const json = ['--json', 'print one document for machines'] as const;
const program = new Command('nself')
  .description('A self-hosted backend for families.')
  .helpCommand(false)
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '✗ ')) })
  .showHelpAfterError('  → ./nself --help shows what there is.');

program
  .command('start')
  .description('bring everything up: install, build, secrets, servers, schema, services')
  .option('-d, --detach', 'return when ready and leave it running')
  .option('--fresh', 'delete all data first (asks)')
  .option('-y, --yes', 'do not ask')
  .option(...json)
  .action(lazily(async () => (await import('./commands/start.js')).start));

program
  .command('stop')
  .description('end everything')
  .option(...json)
  .action(lazily(async () => (await import('./commands/stop.js')).stop));

program
  .command('status')
  .description('what runs, and how it is')
  .option(...json)
  .action(lazily(async () => (await import('./commands/status.js')).status));

program
  .command('urls')
  .description('the addresses of everything')
  .option(...json)
  .action(lazily(async () => (await import('./commands/urls.js')).urls));

program
  .command('logs')
  .argument('[service]', 'one service; all of them without it')
  .description('what the services wrote')
  .option('-f, --follow', 'go on showing what they write')
  .option('-n, --lines <count>', 'how many lines of each', '40')
  .option('--json', 'the lines as they were written')
  .action(lazily(async () => (await import('./commands/logs.js')).logs));

program
  .command('serve')
  .argument('<service>')
  .description('one service alone, configured by the environment')
  .action(lazily(async () => (await import('./commands/serve.js')).serve));

program
  .command('test')
  .argument('[paths...]', 'spec files or folders; everything without them')
  .description('the test suite, on servers of its own')
  .option('--long', 'the long loops at full length')
  .action(lazily(async () => (await import('./commands/test.js')).test));

program
  .command('demo')
  .description('fill the running stack with a demo world')
  .option(...json)
  .action(lazily(async () => (await import('./commands/demo.js')).demo));

program
  .command('doctor')
  .description('look for what is wrong with this machine and this stack')
  .option(...json)
  .action(lazily(async () => (await import('./commands/doctor.js')).doctor));

program
  .command('supervise', { hidden: true })
  .action(lazily(async () => (await import('./commands/start.js')).superviseDetached));

const database = program.command('db').description('the schema and the database');

database
  .command('migrate')
  .description('run the migrations that are pending')
  .option(...json)
  .action(lazily(async () => (await import('./commands/db/migrate.js')).migrate));

database
  .command('rollback')
  .description('undo the newest migrations')
  .option('-n, --steps <count>', 'how many', '1')
  .option(...json)
  .action(lazily(async () => (await import('./commands/db/rollback.js')).rollback));

database
  .command('status')
  .description('which migrations have run')
  .option(...json)
  .action(lazily(async () => (await import('./commands/db/status.js')).databaseStatus));

database
  .command('reset')
  .description('delete all rows and build the schema anew (asks)')
  .option('-y, --yes', 'do not ask')
  .option(...json)
  .action(lazily(async () => (await import('./commands/db/reset.js')).reset));

database
  .command('psql')
  .description('talk SQL to the database as its owner: all options go to psql')
  .allowUnknownOption()
  .helpOption(false)
  .argument('[options...]')
  .action(lazily(async () => (await import('./commands/db/psql.js')).psql));

const metadata = program.command('metadata').description('the metadata of GraphQL, in the Hasura CLI layout');
const folder = ['--folder <path>', 'folder of the metadata (hasura/metadata)'] as const;
const endpoint = ['--endpoint <url>', 'GraphQL service (the one of the running stack)'] as const;

for (const [name, description] of [
  ['apply', 'give the folder to the GraphQL service'],
  ['export', 'write what the GraphQL service has into the folder'],
  ['diff', 'show how the two differ'],
  ['reload', 'let the GraphQL service read the database again'],
] as const) {
  metadata
    .command(name)
    .description(description)
    .option(...folder)
    .option(...endpoint)
    .option(...json)
    .action(lazily(async () => (await import('./commands/metadata.js'))[name]));
}

// Whoever reads us through `| head` goes away early; a stack in the foreground must not fall over that.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (process.argv.length <= 2) program.outputHelp();
else void program.parseAsync();
