import { isObject, MetadataFault, mismatch, printPath, type Path } from '@nself/hasura-metadata';
import { ADMIN, EngineError, type Session } from '../executor';
import type { Command } from './command';
import { commands } from './commands';
import { rowCommands } from './rql';
import { runSql } from './run-sql';
import type { Workspace } from './workspace';

/** `/v1/metadata`, `/v2/query`, or the first API's `/v1/query`, which knows the commands of both. */
export type Endpoint = 'metadata' | 'query' | 'v1';

/** A request that is known to be allowed, and what it needs. */
export interface MetadataRequest {
  /** It changes nothing. */
  readonly readOnly: boolean;
  /** It reads and writes rows of tracked tables only, by the permissions of whoever asks. */
  readonly rowsOnly: boolean;
  run(work: Workspace): Promise<unknown>;
}

interface Operation {
  readonly type: string;
  readonly version: number;
  readonly args: unknown;
  /** Where the operation stands in the request. */
  readonly at: Path;
  readonly resourceVersion?: number;
}

const queryCommands: ReadonlyMap<string, Command> = new Map(
  [runSql, ...rowCommands].map(command => [command.name, command]),
);

const bulks = new Set(['bulk', 'bulk_keep_going', 'bulk_atomic', 'concurrent_bulk']);

export interface DispatcherSetting {
  readonly allowRunSql: boolean;
}

/** Finds the command that a request names. */
export class Dispatcher {
  constructor(private readonly setting: DispatcherSetting) {}

  /** @throws EngineError when the request names nothing that there is, or nothing that the role may do */
  read(endpoint: Endpoint, body: unknown, session: Session): MetadataRequest {
    return this.#operation(endpoint, readOperation(body, []), session);
  }

  #operation(endpoint: Endpoint, operation: Operation, session: Session): MetadataRequest {
    const request = bulks.has(operation.type)
      ? this.#bulk(endpoint, operation, session)
      : this.#single(endpoint, operation, session);
    return held(request, operation);
  }

  #single(endpoint: Endpoint, operation: Operation, session: Session): MetadataRequest {
    const path = printPath([...operation.at, 'args']);
    const found = this.#find(endpoint, operation);
    const rowsOnly = found !== undefined && rowCommands.includes(found);
    if (!rowsOnly && session.role !== ADMIN) throw adminOnly(path);
    const command = found ?? unknownCommand(endpoint, operation);
    if (command === runSql && !this.setting.allowRunSql) {
      throw new EngineError('access-denied', 'run_sql is switched off', { path, status: 400 });
    }
    const argsPath = endpoint === 'metadata' ? [...operation.at, 'args'] : operation.at;
    return {
      readOnly: command.readOnly,
      rowsOnly,
      run: work => blamed(path, () => command.run(operation.args, argsPath, work)),
    };
  }

  #bulk(endpoint: Endpoint, { type, args, at }: Operation, session: Session): MetadataRequest {
    const path = [...at, 'args'];
    if (!Array.isArray(args)) throw wrongKind(path, '[]', 'Array', args);
    const requests = args.map((item, i) =>
      this.#operation(endpoint, readOperation(item, [...path, i]), session),
    );
    return {
      readOnly: requests.every(({ readOnly }) => readOnly),
      rowsOnly: requests.length > 0 && requests.every(({ rowsOnly }) => rowsOnly),
      run: work => (type === 'bulk_keep_going' ? keepGoing(requests, work) : allOrNothing(requests, work)),
    };
  }

  #find(endpoint: Endpoint, { type, version }: Operation): Command | undefined {
    const onRows =
      endpoint === 'metadata' ? undefined : queryCommands.get(endpoint === 'query' ? bare(type) : type);
    return onRows ?? (endpoint === 'query' ? undefined : metadataCommand(endpoint, type, version));
  }
}

function unknownCommand(endpoint: Endpoint, { type, at }: Operation): never {
  throw parseFailed([...at, 'type'], `unknown ${kindOf(endpoint)} command "${type}"`);
}

const kindOf = (endpoint: Endpoint) => (endpoint === 'metadata' ? 'metadata' : 'query');

const bare = (type: string) => type.replace(/^pg_/, '');

/** Commands of a source go by `pg_...` in the newer API and by their bare names in the first one. */
function metadataCommand(endpoint: Endpoint, type: string, version: number): Command | undefined {
  const versioned = version === 2 ? commands.get(`${type}_v2`) : undefined;
  const exact = versioned ?? commands.get(type);
  if (exact && (endpoint === 'v1' || !exact.ofSource)) return exact;
  const ofSource = commands.get(bare(type));
  return endpoint === 'metadata' && ofSource?.ofSource && type.startsWith('pg_') ? ofSource : undefined;
}

function readOperation(body: unknown, at: Path): Operation {
  if (!isObject(body)) throw wrongKind(at, 'Object', 'Object', body);
  const { type, version, args, source, resource_version: resourceVersion } = body;
  if (type === undefined) throw parseFailed(at, 'key "type" not found');
  if (typeof type !== 'string') throw wrongKind([...at, 'type'], 'Text', 'String', type);
  const inSource = typeof source === 'string' && isObject(args) ? { source, ...args } : args;
  return {
    type,
    version: typeof version === 'number' ? version : 1,
    args: inSource,
    at,
    ...(typeof resourceVersion === 'number' && { resourceVersion }),
  };
}

/** A client may say which version of the document it knows: then nothing changes another one. */
function held(request: MetadataRequest, { resourceVersion }: Operation): MetadataRequest {
  if (resourceVersion === undefined || request.readOnly) return request;
  return {
    ...request,
    run: async work => {
      const answer = await request.run(work);
      work.requireVersion(resourceVersion);
      return answer;
    },
  };
}

const asError = ({ message, path }: MetadataFault) => new EngineError('parse-failed', message, { path });

const parseFailed = (path: Path, message: string) => asError(new MetadataFault(path, message));

const wrongKind = (path: Path, what: string, expected: string, value: unknown) =>
  asError(mismatch(path, what, expected, value));

const adminOnly = (path: string) =>
  new EngineError('access-denied', 'restricted access : admin only', { path, status: 400 });

/** Errors say `$.args`; in a bulk that is the operation's own. */
async function blamed<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || path === '$.args' || !error.path.startsWith('$.args')) throw error;
    if (error.path.startsWith(path)) throw error;
    throw error.at(path + error.path.slice('$.args'.length));
  }
}

async function allOrNothing(requests: readonly MetadataRequest[], work: Workspace): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const request of requests) answers.push(await request.run(work));
  return answers;
}

/** What a failed command said takes its answer's place. */
async function keepGoing(requests: readonly MetadataRequest[], work: Workspace): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const request of requests) {
    try {
      answers.push(await work.step(() => request.run(work)));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { code, message, path, internal } = error;
      answers.push({ code, error: message, path, ...(internal !== undefined && { internal }) });
    }
  }
  return answers;
}
