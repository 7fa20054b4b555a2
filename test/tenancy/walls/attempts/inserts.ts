import { randomUUID } from 'node:crypto';
import { getNamedType, isEnumType, type GraphQLField, type GraphQLInputObjectType } from 'graphql';
import { apiRow, tableNamed, type ApiRow, type Room, type Target } from './attempt';
import { isColumn } from './conditions';
import { call, inputObject, inputOf, Word } from './language';
import type { Write } from './writes';

type Field = GraphQLField<unknown, unknown>;

const affected = '{ affected_rows returning { __typename } }';
const byThem = { by: 'them' } as const;

/** New rows that are the neighbours', or that lead to theirs; and old rows of theirs, overwritten. */
export function* insertAttempts(target: Target, mutation: Readonly<Record<string, Field>>): Generator<Write> {
  const { insert, insertOne } = target.table.rootFields;
  const [many, one] = [mutation[insert.name], mutation[insertOne.name]];
  if (many) {
    yield* wholeRows(target, many, 'objects', affected);
    yield* borrowedValues(target, many);
    yield* nestedRows(target, many);
    yield* upserts(target, many);
  }
  if (one) yield* wholeRows(target, one, 'object', '{ __typename }');
}

/** What of a row can be given, with an id that nobody has. */
function given(
  input: GraphQLInputObjectType,
  row: ApiRow,
  id: 'new' | 'same' = 'new',
): Record<string, unknown> {
  const columns = Object.keys(input.getFields()).filter(
    name => isColumn(input, name) && row[name] !== undefined,
  );
  const values = Object.fromEntries(columns.map(name => [name, row[name]]));
  return id === 'new' && 'id' in values ? { ...values, id: randomUUID() } : values;
}

/** No row of the family is in the way of a new one. */
function roomFor({ table, us, them }: Target, whose: 'us' | 'them'): Room {
  const rows = (whose === 'us' ? us : them).seen.get(table.key) ?? [];
  return { table: table.key, ids: rows.map(row => String(row['id'])) };
}

function* wholeRows(target: Target, insert: Field, argument: string, selection: string): Generator<Write> {
  const input = inputOf(insert, argument);
  if (!input || !target.theirs) return;
  const row = given(input, target.theirs);
  const text = call(insert.name, { [argument]: argument === 'objects' ? [row] : row }, selection);
  yield { kind: 'insert theirs', root: insert.name, text, room: [roomFor(target, 'them')], control: byThem };
}

/** Unique in the whole table, and known to nobody who was not told. */
const unguessable = new Set(['token_hash', 'object_key', 'hash']);

/** A row of ours in which one value is theirs: a parent, a person, a family. */
function* borrowedValues(target: Target, insert: Field): Generator<Write> {
  const input = inputOf(insert, 'objects');
  const { ours, theirs } = target;
  if (!input || !ours || !theirs) return;
  const own = given(input, ours);
  const room = [roomFor(target, 'us')];
  const control = { by: 'us', text: call(insert.name, { objects: [own] }, affected) } as const;
  for (const column of Object.keys(input.getFields())) {
    if (column === 'id' || !isColumn(input, column) || theirs[column] === undefined) continue;
    if (ours[column] === theirs[column]) continue;
    const objects = [{ ...own, [column]: theirs[column] }];
    const text = call(insert.name, { objects }, affected);
    const kind = column === 'family_id' ? 'insert into their family' : 'insert with a value of theirs';
    yield { kind, root: insert.name, text, room, control, ...(unguessable.has(column) && { claims: true }) };
  }
}

/** Our row, and beside it one of theirs: made anew or overwritten on its way. */
function* nestedRows(target: Target, insert: Field): Generator<Write> {
  const input = inputOf(insert, 'objects');
  if (!input || !target.ours) return;
  for (const [name, { type }] of Object.entries(input.getFields())) {
    const relation = inputObject(type);
    const data = inputObject(relation?.getFields()['data']?.type);
    if (relation && data) yield* nested(target, insert, { name, relation, data, input });
  }
}

interface Nesting {
  readonly name: string;
  readonly relation: GraphQLInputObjectType;
  readonly data: GraphQLInputObjectType;
  readonly input: GraphQLInputObjectType;
}

function* nested(target: Target, insert: Field, { name, relation, data, input }: Nesting): Generator<Write> {
  const table = tableNamed(target.model, data.name.replace(/_insert_input$/, ''));
  const mine = table && apiRow(table, target.us);
  const foreign = table && apiRow(table, target.them);
  if (!table || !mine || !foreign || !target.ours) return;
  const related = target.table.relationships.get(name);
  const joining = new Set(related?.columns.map(([from]) => target.table.columns.get(from)?.graphqlName));
  const own = Object.fromEntries(
    Object.entries(given(input, target.ours)).filter(([column]) => !joining.has(column)),
  );
  const asked = (child: object) => call(insert.name, { objects: [{ ...own, [name]: child }] }, affected);
  const inner = { ...target, table };
  const room = [roomFor(target, 'us'), roomFor(inner, 'us'), roomFor(inner, 'them')];
  const joined = new Set(related?.columns.map(([, to]) => table.columns.get(to)?.graphqlName));
  const without = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !joined.has(column) || column === 'id'));
  const control = {
    by: 'us',
    text: asked({ data: wrap(related?.kind, without(given(data, mine))) }),
  } as const;
  const root = insert.name;
  const fresh = asked({ data: wrap(related?.kind, without(given(data, foreign))) });
  yield { kind: 'nested insert of theirs', root, text: fresh, room, control };
  const conflict = inputObject(relation.getFields()['on_conflict']?.type);
  if (!conflict) return;
  const child = {
    data: wrap(related?.kind, without(given(data, foreign, 'same'))),
    on_conflict: onConflict(conflict, table.primaryKey?.name),
  };
  const text = asked(child);
  yield { kind: 'nested upsert of theirs', root, text, room: [roomFor(target, 'us')], control, claims: true };
}

const wrap = (kind: 'object' | 'array' | undefined, row: object): object => (kind === 'array' ? [row] : row);

/** Their row with all its keys, against every constraint. */
function* upserts(target: Target, insert: Field): Generator<Write> {
  const input = inputOf(insert, 'objects');
  const conflict = inputOf(insert, 'on_conflict');
  if (!input || !conflict || !target.theirs) return;
  const objects = [given(input, target.theirs, 'same')];
  for (const constraint of wordsOf(conflict, 'constraint')) {
    for (const columns of [[], wordsOf(conflict, 'update_columns')]) {
      const on_conflict = {
        ...onConflict(conflict, constraint),
        update_columns: columns.map(name => new Word(name)),
      };
      const text = call(insert.name, { objects, on_conflict }, affected);
      yield { kind: 'upsert', root: insert.name, text, control: byThem, claims: true };
    }
  }
}

function onConflict(conflict: GraphQLInputObjectType, constraint: string | undefined): object {
  const known = wordsOf(conflict, 'constraint');
  const chosen = known.find(name => name === constraint) ?? known[0];
  const columns = wordsOf(conflict, 'update_columns');
  return { constraint: new Word(chosen ?? ''), update_columns: columns.map(name => new Word(name)) };
}

function wordsOf(input: GraphQLInputObjectType, member: string): string[] {
  const named = getNamedType(input.getFields()[member]?.type);
  return isEnumType(named)
    ? named
        .getValues()
        .map(({ name }) => name)
        .filter(name => name !== '_PLACEHOLDER')
    : [];
}
