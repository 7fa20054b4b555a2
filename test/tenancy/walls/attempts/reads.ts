import {
  getNamedType,
  isEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
} from 'graphql';
import type { Attempt, Target } from './attempt';
import { columnGuesses, lower, nestedGuesses, onlyRow } from './conditions';
import { call, everything, inputObject, inputOf, leaves, objectOf, Word } from './language';

type Field = GraphQLField<unknown, unknown>;
type Fields = Readonly<Record<string, Field>>;
type Read = Omit<Attempt, 'role' | 'table' | 'operation' | 'control'>;

/** Everything that a role can try on one table by reading it: once as a query, and once as a live query. */
export function* readAttempts(target: Target, query: Fields, subscription: Fields): Generator<Attempt> {
  const { role, table } = target;
  const common = { role, table: table.key, control: { by: 'them' } } as const;
  for (const operation of ['query', 'subscription'] as const) {
    const fields = operation === 'query' ? query : subscription;
    for (const read of rootReads(target, fields, operation === 'query')) {
      yield { ...read, ...common, operation, text: `${operation} { ${read.text} }` };
    }
  }
  const stream = subscription[table.rootFields.selectStream.name];
  if (!stream) return;
  for (const read of streamReads(target, stream)) {
    yield { ...read, ...common, operation: 'subscription', text: `subscription { ${read.text} }` };
  }
}

function* rootReads(target: Target, fields: Fields, fully: boolean): Generator<Read> {
  const { select, selectByPk, selectAggregate } = target.table.rootFields;
  const [list, byPk, aggregate] = [select, selectByPk, selectAggregate].map(({ name }) => fields[name]);
  if (list) yield* fully ? listReads(target, list) : fewReads(target, list);
  if (byPk) yield* keyReads(target, byPk);
  if (aggregate) yield* aggregateReads(target, aggregate, fully);
}

/** A live query asks with the statement of a query; a few suffice to see that it does so as the same person. */
function* fewReads(target: Target, list: Field): Generator<Read> {
  const type = objectOf(list);
  if (!type) return;
  const root = list.name;
  yield { kind: 'live list', root, text: call(root, {}, everything(type, 0)) };
  const where = inputOf(list, 'where');
  const only = where && target.theirs && onlyRow(where, target.theirs);
  if (only) yield { kind: 'live where', root, text: call(root, { where: only }, everything(type, 1)) };
}

function* listReads(target: Target, list: Field): Generator<Read> {
  const type = objectOf(list);
  if (!type) return;
  const root = list.name;
  yield { kind: 'list', root, text: call(root, {}, everything(type, 0)) };
  yield { kind: 'list with relations', root, text: call(root, {}, everything(type, 1)) };
  yield { kind: 'limit and offset', root, text: call(root, { limit: 1, offset: 1 }, everything(type, 0)) };
  yield* guesses(target, list);
  yield* orders(list, type);
  yield* relations(root, type);
  yield* computations(target, root, type);
}

/** Computed fields that take arguments, asked about people of theirs. */
function* computations({ us, them }: Target, root: string, type: GraphQLObjectType): Generator<Read> {
  for (const field of Object.values(type.getFields())) {
    const input = inputOf(field, 'args');
    for (const person of input ? [us.me, them.me, them.other] : []) {
      const args = Object.fromEntries(Object.keys(input?.getFields() ?? {}).map(name => [name, person]));
      yield { kind: 'computed field', root, text: call(root, {}, `{ ${call(field.name, { args })} }`) };
    }
  }
}

function* guesses(target: Target, list: Field): Generator<Read> {
  const where = inputOf(list, 'where');
  if (!where || !target.theirs) return;
  const all = [...columnGuesses(where, target.theirs), ...nestedGuesses(where, target, target.theirs)];
  for (const guess of all) {
    yield {
      kind: guess.kind,
      root: list.name,
      text: call(list.name, { where: guess.where }, '{ __typename }'),
    };
  }
}

function* orders(list: Field, type: GraphQLObjectType): Generator<Read> {
  const columns = leaves(type);
  const selection = `{ ${['__typename', ...columns].join(' ')} }`;
  const order = inputOf(list, 'order_by');
  for (const { by, kind } of order ? sortings(order, 1) : []) {
    yield { kind, root: list.name, text: call(list.name, { order_by: by, limit: 2 }, selection) };
  }
  const distinct = getNamedType(list.args.find(({ name }) => name === 'distinct_on')?.type);
  for (const { name } of isEnumType(distinct) ? distinct.getValues() : []) {
    const args = { distinct_on: [new Word(name)], order_by: [{ [name]: new Word('desc') }] };
    yield { kind: 'distinct_on', root: list.name, text: call(list.name, args, selection) };
  }
}

/** Every column, and through relationships the columns and counts of what is related. */
function* sortings(order: GraphQLInputObjectType, depth: number): Generator<{ by: object; kind: string }> {
  for (const [name, { type }] of Object.entries(order.getFields())) {
    const inner = inputObject(type);
    if (!inner) {
      yield { by: { [name]: new Word('asc') }, kind: 'order_by' };
      yield { by: { [name]: new Word('desc_nulls_last') }, kind: 'order_by' };
    } else if (depth > 0) {
      for (const { by } of sortings(inner, depth - 1))
        yield { by: { [name]: by }, kind: 'order_by of a relation' };
    }
  }
}

/** Whatever lies deeper is asked for in the same words, from the table that it starts from. */
function* relations(root: string, type: GraphQLObjectType): Generator<Read> {
  for (const field of Object.values(type.getFields())) {
    const inner = objectOf(field);
    if (!inner) continue;
    const text = call(root, {}, `{ __typename ${field.name} ${everything(inner, 0)} }`);
    yield { kind: 'nested selection', root, text };
  }
}

function* keyReads({ theirs }: Target, byPk: Field): Generator<Read> {
  const type = objectOf(byPk);
  const args = theirs && Object.fromEntries(byPk.args.map(({ name }) => [name, theirs[name]]));
  if (type && args)
    yield { kind: 'by_pk', root: byPk.name, text: call(byPk.name, args, everything(type, 1)) };
}

function* aggregateReads(target: Target, aggregate: Field, fully: boolean): Generator<Read> {
  const type = objectOf(aggregate);
  const figures = type && objectOf(type.getFields()['aggregate']!);
  const nodes = type && objectOf(type.getFields()['nodes']!);
  if (!figures || !nodes) return;
  const root = aggregate.name;
  const all = `{ aggregate ${everything(figures, 1)} nodes ${everything(nodes, 0)} }`;
  yield { kind: 'aggregate', root, text: call(root, {}, all) };
  const where = inputOf(aggregate, 'where');
  if (!fully || !where || !target.theirs) return;
  for (const guess of nestedGuesses(where, target, target.theirs)) {
    const text = call(root, { where: guess.where }, '{ aggregate { count } }');
    yield { kind: `aggregate ${guess.kind}`, root, text };
  }
  for (const column of countable(figures)) {
    const text = `${root} { aggregate { count(columns: [${column}], distinct: true) } }`;
    yield { kind: 'aggregate count distinct', root, text };
  }
}

/** Columns that can be counted; what is computed cannot. */
function countable(figures: GraphQLObjectType): string[] {
  const columns = figures.getFields()['count']?.args.find(({ name }) => name === 'columns');
  const words = getNamedType(columns?.type);
  return isEnumType(words) ? words.getValues().map(({ name }) => name) : [];
}

function* streamReads({ theirs }: Target, stream: Field): Generator<Read> {
  const type = objectOf(stream);
  const value = inputObject(inputOf(stream, 'cursor')?.getFields()['initial_value']?.type);
  if (!type || !value || !theirs) return;
  for (const column of Object.keys(value.getFields())) {
    if (theirs[column] === undefined || typeof theirs[column] === 'object') continue;
    const cursor = [{ initial_value: { [column]: lower(theirs[column]) }, ordering: new Word('ASC') }];
    const text = call(stream.name, { batch_size: 100, cursor }, everything(type, 0));
    yield { kind: 'stream', root: stream.name, text };
  }
}
