import type { GraphQLField, GraphQLInputObjectType } from 'graphql';
import type { ApiRow, Attempt, Target } from './attempt';
import { columnGuesses, onlyRow } from './conditions';
import { insertAttempts } from './inserts';
import { call, inputObject, inputOf } from './language';

type Field = GraphQLField<unknown, unknown>;
type Fields = Readonly<Record<string, Field>>;
export type Write = Omit<Attempt, 'role' | 'table' | 'operation'>;

/** The neighbours do the very same. */
export const byThem = { by: 'them' } as const;

/** Everything that a role can try on one table by writing to it. */
export function* writeAttempts(target: Target, mutation: Fields): Generator<Attempt> {
  const { role, table } = target;
  const asMutation = (text: string) => `mutation { ${text} }`;
  for (const write of writes(target, mutation)) {
    const { control } = write;
    yield {
      ...write,
      role,
      table: table.key,
      operation: 'mutation',
      text: asMutation(write.text),
      ...(takesUnguessable(write.text) && { claims: true }),
      control: control.by === 'us' ? { by: 'us', text: asMutation(control.text) } : control,
    };
  }
}

/**
 * A row is to have an id or a secret's hash of theirs. Such values are unique in the whole table, and nobody can guess
 * them: who holds one may learn that it is taken.
 */
const takesUnguessable = (text: string): boolean => /_set: \{(id|token_hash|object_key|hash):/.test(text);

function* writes(target: Target, mutation: Fields): Generator<Write> {
  yield* insertAttempts(target, mutation);
  const { update, updateByPk, updateMany, delete: remove, deleteByPk } = target.table.rootFields;
  const found = (name: string) => mutation[name];
  const [updates, byPk, many] = [update, updateByPk, updateMany].map(({ name }) => found(name));
  const [deletes, deletesByPk] = [remove, deleteByPk].map(({ name }) => found(name));
  if (updates) yield* updateAttempts(target, updates);
  if (byPk) yield* updateByPkAttempts(target, byPk);
  if (many) yield* updateManyAttempts(target, many);
  if (deletes) yield* deleteAttempts(target, deletes);
  if (deletesByPk) yield* deleteByPkAttempts(target, deletesByPk);
}

const affected = '{ affected_rows returning { __typename } }';

interface Change {
  readonly kind: string;
  readonly args: Readonly<Record<string, object>>;
}

/** One change per operator and column, to what the row holds or to what fits its type. */
function* changes(
  input: (operator: string) => GraphQLInputObjectType | undefined,
  row: ApiRow,
): Generator<Change> {
  for (const [operator, sample] of Object.entries(samples)) {
    const type = input(operator);
    for (const column of type ? Object.keys(type.getFields()) : []) {
      const value = sample(row[column]);
      if (value !== undefined) yield { kind: operator, args: { [operator]: { [column]: value } } };
    }
  }
}

const samples: Readonly<Record<string, (value: unknown) => unknown>> = {
  _set: value => value ?? null,
  _inc: value => (typeof value === 'number' ? 1 : undefined),
  _append: () => ({ walls: 1 }),
  _prepend: () => ({ walls: 1 }),
  _delete_key: () => 'walls',
  _delete_elem: value => (Array.isArray(value) ? 0 : undefined),
  _delete_at_path: () => ['walls'],
};

function* updateAttempts(target: Target, update: Field): Generator<Write> {
  const where = inputOf(update, 'where');
  const { theirs } = target;
  const only = where && theirs && onlyRow(where, theirs);
  if (!where || !theirs || !only) return;
  const root = update.name;
  for (const { kind, args } of changes(operator => inputOf(update, operator), theirs)) {
    const text = call(root, { where: only, ...args }, affected);
    yield { kind: `update ${kind}`, root, text, control: byThem };
  }
  const [any] = changes(operator => inputOf(update, operator), theirs);
  if (any)
    yield {
      kind: 'update all',
      root,
      text: call(root, { where: {}, ...any.args }, affected),
      control: byThem,
    };
  yield* moves(target, update, where);
}

/** Our own row is made to point to theirs. */
function* moves({ ours, theirs }: Target, update: Field, where: GraphQLInputObjectType): Generator<Write> {
  const only = ours && onlyRow(where, ours);
  const set = inputOf(update, '_set');
  if (!ours || !theirs || !only || !set) return;
  for (const column of Object.keys(set.getFields())) {
    if (ours[column] === undefined || ours[column] === theirs[column]) continue;
    const to = (value: unknown) => call(update.name, { where: only, _set: { [column]: value } }, affected);
    const control = { by: 'us', text: to(ours[column]) } as const;
    const kind = 'update own row to a value of theirs';
    yield { kind, root: update.name, text: to(theirs[column]), control };
  }
}

function* updateByPkAttempts({ theirs }: Target, update: Field): Generator<Write> {
  const key = inputOf(update, 'pk_columns');
  if (!key || !theirs) return;
  const pk_columns = Object.fromEntries(Object.keys(key.getFields()).map(name => [name, theirs[name]]));
  for (const { kind, args } of changes(operator => inputOf(update, operator), theirs)) {
    const text = call(update.name, { pk_columns, ...args }, '{ __typename }');
    yield { kind: `update_by_pk ${kind}`, root: update.name, text, control: byThem };
  }
}

function* updateManyAttempts({ theirs }: Target, update: Field): Generator<Write> {
  const updates = inputOf(update, 'updates');
  const where = inputObject(updates?.getFields()['where']?.type);
  const only = where && theirs && onlyRow(where, theirs);
  if (!updates || !theirs || !only) return;
  const input = (operator: string) => inputObject(updates.getFields()[operator]?.type);
  for (const { kind, args } of changes(input, theirs)) {
    for (const condition of [only, {}]) {
      const text = call(update.name, { updates: [{ where: condition, ...args }] }, affected);
      yield { kind: `update_many ${kind}`, root: update.name, text, control: byThem };
    }
  }
}

function* deleteAttempts({ theirs }: Target, remove: Field): Generator<Write> {
  const where = inputOf(remove, 'where');
  if (!where || !theirs) return;
  const attempt = (kind: string, condition: object): Write => ({
    kind,
    root: remove.name,
    text: call(remove.name, { where: condition }, affected),
    control: byThem,
  });
  const only = onlyRow(where, theirs);
  if (only) yield attempt('delete', only);
  yield attempt('delete all', {});
  for (const guess of columnGuesses(where, theirs)) {
    if (guess.kind === 'where _eq') yield attempt('delete by a value', guess.where);
  }
}

function* deleteByPkAttempts({ theirs }: Target, remove: Field): Generator<Write> {
  const args = theirs && Object.fromEntries(remove.args.map(({ name }) => [name, theirs[name]]));
  if (!args) return;
  const text = call(remove.name, args, '{ __typename }');
  yield { kind: 'delete_by_pk', root: remove.name, text, control: byThem };
}
