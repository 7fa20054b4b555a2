import type { CompiledStatement } from '../compiler';
import { EngineError, type SessionVariables } from '../executor';
import type { Param, Source } from '../ir';
import { withinTheStack, type VariableValues } from './variables';

/** Where a stream stands: the value of each cursor column, as Postgres wrote it. */
export type CursorValues = Readonly<Record<string, string | null>>;

/** Fills the holes of a statement for one request. Throws what a wrong value or a missing session variable deserves. */
export function valuesOf(
  statement: CompiledStatement,
  variables: VariableValues,
  session: SessionVariables,
  cursor: CursorValues = {},
): (string | null)[] {
  const request = { variables, session, cursor };
  return withinTheStack(() => statement.params.map(param => textOf(param, request)));
}

interface Request {
  readonly variables: VariableValues;
  readonly session: SessionVariables;
  readonly cursor: CursorValues;
}

function textOf(param: Param, request: Request): string | null {
  const { source, encode, path } = param;
  switch (source.from) {
    case 'session':
      return encode(sessionVariable(source.name, request.session), path);
    case 'session-json':
      return JSON.stringify(request.session);
    case 'cursor':
      if (Object.hasOwn(request.cursor, source.column)) return request.cursor[source.column] ?? null;
      return textOf({ ...param, source: source.initial }, request);
    default:
      return encode(jsonOf(source, request), path);
  }
}

function jsonOf(source: Source, request: Request): unknown {
  switch (source.from) {
    case 'constant':
      return source.value;
    case 'variable':
      return (
        source.path.reduce<unknown>((value, step) => memberOf(value, step), request.variables[source.name]) ??
        null
      );
    case 'list':
      return source.items.map(item => jsonOf(item, request));
    case 'object':
      return Object.fromEntries(
        Object.entries(source.fields).map(([name, field]) => [name, jsonOf(field, request)]),
      );
    case 'session':
      return sessionVariable(source.name, request.session);
    default:
      return null;
  }
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

// Never null: a permission that compares with a variable that is not there must fail, not fall open.
function sessionVariable(name: string, session: SessionVariables): string {
  const value = Object.hasOwn(session, name) ? session[name] : undefined;
  if (value === undefined)
    throw new EngineError('not-found', `missing session variable: "${name}"`, { status: 400 });
  return value;
}
