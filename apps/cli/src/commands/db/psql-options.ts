import { readFileSync } from 'node:fs';
import { StackFault } from '@nself/dev-stack';

/** What is to be run, in order; and whether a statement that answers no rows is named. */
export interface SqlWork {
  readonly texts: readonly string[];
  readonly quiet: boolean;
}

/**
 * Reads those options of psql that we answer ourselves: `-c SQL` and `-f FILE` (`-` is standard input), any number of
 * them, with `-A`, `-t`, `-q`, `-X` alone or in one word, and `-v ON_ERROR_STOP=1`, which is how we always behave.
 *
 * @throws StackFault for every other option, and when there is nothing to run.
 */
export function parsePsqlOptions(options: readonly string[], read = readSource): SqlWork {
  const texts: string[] = [];
  const flags = new Set<string>();
  const rest = [...options];
  for (let option = rest.shift(); option !== undefined; option = rest.shift()) {
    const [, letters = ''] = /^-([AtqX]*[cfv]?)$/.exec(longNames[option] ?? option) ?? [];
    if (letters === '') throw unknown(option);
    for (const letter of letters) {
      if (letter === 'c') texts.push(valueOf(option, rest));
      else if (letter === 'f') texts.push(read(valueOf(option, rest)));
      else if (letter === 'v') valueOf(option, rest);
      else flags.add(letter);
    }
  }
  if (texts.length === 0 || !flags.has('A') || !flags.has('t')) throw unknown(options.join(' '));
  return { texts, quiet: flags.has('q') };
}

const longNames: Readonly<Record<string, string>> = {
  '--no-align': '-A',
  '--tuples-only': '-t',
  '--quiet': '-q',
  '--no-psqlrc': '-X',
  '--command': '-c',
  '--file': '-f',
  '--set': '-v',
};

function valueOf(option: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) throw unknown(option);
  return value;
}

function readSource(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StackFault(`The file ${file} cannot be read (${code}).`, 'Check its name and who may read it.');
  }
}

function unknown(option: string): StackFault {
  return new StackFault(
    `There is no psql on this machine, and nself itself does not know: ${option || 'an interactive session'}.`,
    'Use -At -c SQL or -At -f FILE, or install psql (package postgresql-client).',
  );
}
