import { invalid } from '../../planner';

/** What a global id says: base64 of `[1, schema, table, key...]`. */
export interface NodeId {
  readonly schema: string;
  readonly name: string;
  readonly key: readonly unknown[];
}

export function parseNodeId(value: unknown, path: string): NodeId {
  const refuse = (reason: string) => invalid(path, `invalid node id: Error in $: ${reason}`);
  const bytes = Buffer.from(String(value), 'base64');
  const parts = jsonOf(bytes);
  if (parts === undefined)
    throw refuse(`Failed reading: not a valid json value at '${bytes.toString('latin1')}'`);
  if (!Array.isArray(parts)) throw refuse('parsing list failed, expected Array');
  const [version, schema, name, ...key] = parts as unknown[];
  if (typeof version !== 'number')
    throw refuse('unexpected GUID format, needs to start with a version number');
  if (version !== 1)
    throw refuse(`unsupported GUID version: ${Number.isInteger(version) ? `${version}.0` : version}`);
  if (typeof schema !== 'string' || typeof name !== 'string' || key.length === 0) {
    throw refuse('GUID version 1: expecting schema name, table name and at least one column value');
  }
  return { schema, name, key };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
