import type { GraphQLField } from 'graphql';
import type { Model, TableModel } from '../../../../libs/graphql-engine/src/model';
import { buildRoleSchema } from '../../../../libs/graphql-engine/src/schema';
import { targetOf, type Aim, type Attempt } from './attempt';
import { functionAttempts } from './functions';
import { readAttempts } from './reads';
import { writeAttempts } from './writes';

export type { Aim, Attempt, Room } from './attempt';

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

/** Root fields by operation. */
interface Roots {
  readonly query: Fields;
  readonly mutation: Fields;
  readonly subscription: Fields;
}

const known = new WeakMap<Model, Map<string, Roots>>();

/** The root fields that a role really has; their types are made when they are looked at, and once. */
function rootsOf({ model, role }: Pick<Aim, 'model' | 'role'>): Roots {
  const roles = known.get(model) ?? new Map<string, Roots>();
  known.set(model, roles);
  const found = roles.get(role);
  if (found) return found;
  const { query, mutation, subscription } = buildRoleSchema(model, role, { relay: false });
  const roots = {
    query: query.type().getFields(),
    mutation: mutation?.type().getFields() ?? {},
    subscription: subscription?.type().getFields() ?? {},
  };
  roles.set(role, roots);
  return roots;
}

/** Everything that a role can try on one table of the neighbours. */
export function* attemptsOn(aim: Aim, table: TableModel): Generator<Attempt> {
  const { query, mutation, subscription } = rootsOf(aim);
  const target = targetOf(aim, table);
  yield* readAttempts(target, query, subscription);
  yield* writeAttempts(target, mutation);
}

/** Everything that a role can try by calling functions. */
export function* attemptsByFunctions(aim: Aim): Generator<Attempt> {
  const { query, mutation } = rootsOf(aim);
  yield* functionAttempts(aim, 'query', query);
  yield* functionAttempts(aim, 'mutation', mutation);
}

/** Names of a role's root fields, so that none is left out. */
export const rootFieldsOf = (aim: Pick<Aim, 'model' | 'role'>): string[] =>
  Object.values(rootsOf(aim)).flatMap(fields => Object.keys(fields));
