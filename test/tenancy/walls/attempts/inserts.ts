import { randomUUID } from 'node:crypto';
import { getNamedType, isEnumType, type GraphQLField, type GraphQLInputObjectType } from 'graphql';
import type { RelationshipModel, TableModel } from '../../../../libs/graphql-engine/src/model';
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
  return { table: table.key, ids: rows.map(row => row['id']).filter(id => typeof id === 'string') };
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
  const { parent, child } = joint(target.table, table, related);
  const own = without(given(input, target.ours), parent);
  const asked = (inner: object) => call(insert.name, { objects: [{ ...own, [name]: inner }] }, affected);
  const dataOf = (row: Record<string, unknown>) => wrap(related?.kind, without(row, child));
  const room = [
    roomFor(target, 'us'),
    roomFor({ ...target, table }, 'us'),
    roomFor({ ...target, table }, 'them'),
  ];
  const control = { by: 'us', text: asked({ data: dataOf(given(data, mine)) }) } as const;
  const root = insert.name;
  const follows = related?.insertionOrder === 'after_parent';
  const kind = follows ? 'nested insert with values of theirs' : 'nested insert of theirs';
  yield { kind, root, text: asked({ data: dataOf(given(data, foreign)) }), room, control };
  const conflict = inputObject(relation.getFields()['on_conflict']?.type);
  if (!conflict) return;
  const text = asked({
    data: dataOf(given(data, foreign, 'same')),
    on_conflict: onConflict(conflict, table.primaryKey?.name),
  });
  yield { kind: 'nested upsert of theirs', root, text, room: [roomFor(target, 'us')], control, claims: true };
}

/** What the one takes from the other: the row that comes second is given no values for that. */
function joint(
  from: TableModel,
  to: TableModel,
  related: RelationshipModel | undefined,
): { readonly parent: ReadonlySet<unknown>; readonly child: ReadonlySet<unknown> } {
  const pairs = related?.columns ?? [];
  const none = new Set();
  return related?.insertionOrder === 'after_parent'
    ? { parent: none, child: new Set(pairs.map(([, column]) => to.columns.get(column)?.graphqlName)) }
    : { parent: new Set(pairs.map(([column]) => from.columns.get(column)?.graphqlName)), child: none };
}

const without = (row: Record<string, unknown>, columns: ReadonlySet<unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !columns.has(column)));

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
