import { permissionOf, roles, tables, type Table } from '../domain';
import type { Random } from '../random';
import { mayAggregate } from '../reference/read';
import type { Request, Root } from '../request';
import { aggregate, byKey, list } from './reading';
import { insert, remove, update } from './writing';

type Make = (table: Table, role: string, random: Random) => Root;

/** A request that is valid for its role: it asks nothing that the role's schema does not have. */
export function anyRequest(random: Random): Request {
  const role = random.pick(roles);
  const operation = random.chance(0.5) ? 'query' : 'mutation';
  const makers = operation === 'query' ? readers(role) : writers(role);
  const roots = random.times(1 + random.below(2), () => {
    const [table, make] = random.pick(makers);
    return make(table, role, random);
  });
  return { role, user: random.below(6), operation, roots };
}

function readers(role: string): readonly (readonly [Table, Make])[] {
  const visible = Object.values(tables).filter(table => permissionOf(role, table).select);
  const summed = visible.filter(table => mayAggregate(role, table));
  return [
    ...visible.flatMap(
      table =>
        [
          [table, list],
          [table, list],
          [table, byKey],
        ] as const,
    ),
    ...summed.map(table => [table, aggregate] as const),
  ];
}

function writers(role: string): readonly (readonly [Table, Make])[] {
  return Object.values(tables).flatMap(table => {
    const permission = permissionOf(role, table);
    const verbs = [permission.insert && insert, permission.update && update, permission.delete && remove];
    return verbs.flatMap(make => (make ? [[table, make] as const] : []));
  });
}

export { firstState } from './values';
