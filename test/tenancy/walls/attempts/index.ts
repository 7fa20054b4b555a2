import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { Model } from '../../../../libs/graphql-engine/src/model';
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

/** The root fields that a role really has. Making a whole schema takes a while, so each is made once. */
function rootsOf({ model, role }: Pick<Aim, 'model' | 'role'>): Roots {
  const roles = known.get(model) ?? new Map<string, Roots>();
  known.set(model, roles);
  const found = roles.get(role);
  if (found) return found;
  const schema = buildRoleSchema(model, role, { relay: false }).graphql();
  const fieldsOf = (type: GraphQLObjectType | null | undefined) => type?.getFields() ?? {};
  const roots = {
    query: fieldsOf(schema.getQueryType()),
    mutation: fieldsOf(schema.getMutationType()),
    subscription: fieldsOf(schema.getSubscriptionType()),
  };
  roles.set(role, roots);
  return roots;
}

/** Everything that a role can try against the neighbours; on some tables only, when they are named. */
export function* attemptsOf(aim: Aim, tables?: ReadonlySet<string>): Generator<Attempt> {
  const { query, mutation, subscription } = rootsOf(aim);
  for (const table of aim.model.tables.values()) {
    if (tables && !tables.has(table.key)) continue;
    const target = targetOf(aim, table);
    yield* readAttempts(target, query, subscription);
    yield* writeAttempts(target, mutation);
  }
  if (tables) return;
  yield* functionAttempts(aim, 'query', query);
  yield* functionAttempts(aim, 'mutation', mutation);
}

/** Names of a role's root fields, so that none is left out. */
export const rootFieldsOf = (aim: Pick<Aim, 'model' | 'role'>): string[] =>
  Object.values(rootsOf(aim)).flatMap(fields => Object.keys(fields));
