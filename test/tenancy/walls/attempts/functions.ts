import type { GraphQLField } from 'graphql';
import { THEIRS } from '../markers';
import type { Aim, Attempt } from './attempt';
import { call, everything, inputObject, inputOf, objectOf } from './language';

type Field = GraphQLField<unknown, unknown>;

/** Tracked functions, asked about each of the neighbours' ids. */
export function* functionAttempts(
  aim: Aim,
  operation: 'query' | 'mutation',
  fields: Readonly<Record<string, Field>>,
): Generator<Attempt> {
  for (const { rootField, rootFieldAggregate } of aim.model.functions.values()) {
    const [rows, figures] = [fields[rootField.name], fields[rootFieldAggregate.name]];
    if (rows) yield* asked(aim, operation, rows, 0);
    if (figures) yield* asked(aim, operation, figures, 2);
  }
}

function* asked(aim: Aim, operation: 'query' | 'mutation', field: Field, depth: number): Generator<Attempt> {
  const type = objectOf(field);
  if (!type) return;
  for (const args of argumentsFor(aim, field)) {
    const text = `${operation} { ${call(field.name, args, everything(type, depth))} }`;
    const aimed = { role: aim.role, kind: 'function', table: field.name, root: field.name } as const;
    yield { ...aimed, operation, text, control: { by: 'them' } };
  }
}

/** Each id of theirs in each place that takes an id, with plain values in the others. */
function* argumentsFor(aim: Aim, field: Field): Generator<Record<string, unknown>> {
  const input = inputOf(field, 'args');
  if (!input) return yield {};
  const members = Object.entries(input.getFields()).map(([name, { type }]) => [name, String(type)] as const);
  const plain = Object.fromEntries(members.map(([name, type]) => [name, plainValue(aim, type)]));
  yield { args: plain };
  for (const [name, type] of members) {
    for (const value of /uuid/i.test(type) ? idsOf(aim) : []) yield { args: { ...plain, [name]: value } };
  }
  if (inputObject(input) && members.length === 0) yield {};
}

function plainValue({ them }: Aim, type: string): unknown {
  if (/uuid/i.test(type)) return them.me;
  if (type.startsWith('[')) return null;
  if (/String|text/.test(type)) return THEIRS;
  if (/Int|numeric|Float/.test(type)) return 5;
  if (/timestamptz/.test(type)) return '2999-01-01';
  if (/date/.test(type)) return '2026-01-01';
  return null;
}

function idsOf({ them }: Aim): string[] {
  const rows = [...them.seen.values()].flat();
  const ids = rows.map(row => row['id']).filter(id => typeof id === 'string');
  return [...new Set([them.me, them.other, them.id, ...ids])];
}
