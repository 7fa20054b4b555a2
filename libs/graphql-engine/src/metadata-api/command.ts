import { MetadataFault, type Path, type Shape } from '@nself/hasura-metadata';
import { EngineError } from '../executor';
import { servedSource } from '../model';
import type { Workspace } from './workspace';

/** One thing that can be asked of the metadata API. */
export interface Command {
  readonly name: string;
  /** It belongs to a source: `/v1/metadata` calls it by `pg_` and its name, `/v1/query` by its name alone. */
  readonly ofSource: boolean;
  /** It only reads: no lock is taken for it. */
  readonly readOnly: boolean;
  run(args: unknown, path: Path, work: Workspace): Promise<unknown>;
}

export const success = { message: 'success' } as const;

type Work<Args> = (args: Args, work: Workspace) => Promise<unknown>;

const made =
  (ofSource: boolean, readOnly: boolean) =>
  <Args>(name: string, args: Shape<Args>, act: Work<Args>): Command => ({
    name,
    ofSource,
    readOnly,
    run: async (given, path, work) => {
      const read = readArgs(args, given, path);
      if (ofSource) requireSource(given, work);
      return (await act(read, work)) ?? success;
    },
  });

/** A command on the metadata as a whole; it answers `{message: "success"}` unless it says something else. */
export const command = made(false, false);

/** A command on a source. */
export const sourceCommand = made(true, false);

/** A command that changes nothing. */
export const question = made(false, true);

/** A command on a source that changes nothing. */
export const sourceQuestion = made(true, true);

/** A fault in the arguments is the client's: Hasura's code and path. */
function readArgs<Args>(shape: Shape<Args>, given: unknown, path: Path): Args {
  try {
    return shape(given, path);
  } catch (fault) {
    if (fault instanceof MetadataFault)
      throw new EngineError(fault.code, fault.message, { path: fault.path });
    throw fault;
  }
}

/** @throws EngineError `not-exists` when the arguments name a source that is not there */
export function requireSource(args: unknown, { metadata }: Workspace): void {
  const named = typeof args === 'object' && args !== null && 'source' in args ? args.source : undefined;
  const served = servedSource(metadata)?.name;
  if (named === undefined ? served !== undefined : named === served) return;
  const name = typeof named === 'string' ? named : 'default';
  throw new EngineError('not-exists', `source with name "${name}" does not exist`, { path: '$.args' });
}

/** A refusal that blames the arguments as a whole. */
export const refusal = (code: ConstructorParameters<typeof EngineError>[0], message: string): EngineError =>
  new EngineError(code, message, { path: '$.args', status: 400 });
