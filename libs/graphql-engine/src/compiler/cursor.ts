import { join, literal, sql, type Sql } from '@nself/pg-sql';
import type { Operand, OrderBy } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileOperand } from './operand';

/** The values that place a row in the order, as JSON of the order's own shape. */
interface Tree {
  readonly members: Map<string, Tree | Operand>;
}

/** A relay cursor: base64 of `{"title" : "x", "id" : 1}`. */
export function compileCursorText(orderBy: readonly OrderBy[], scope: Scope, compilation: Compilation): Sql {
  const tree: Tree = { members: new Map() };
  for (const { by, path = [] } of orderBy) plant(tree, path, by);
  return base64(sql`${compileTree(tree, scope, compilation)}::text`);
}

/** Base64 in one line. */
export function base64(text: Sql): Sql {
  return sql`translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'\\n', '')`;
}

function plant({ members }: Tree, [head = '', ...rest]: readonly string[], operand: Operand): void {
  if (rest.length === 0) {
    members.set(head, operand);
    return;
  }
  const known = members.get(head);
  const branch: Tree = known && 'members' in known ? known : { members: new Map() };
  members.set(head, branch);
  plant(branch, rest, operand);
}

function compileTree({ members }: Tree, scope: Scope, compilation: Compilation): Sql {
  const pairs = [...members].map(([name, member]) => {
    const value =
      'members' in member
        ? compileTree(member, scope, compilation)
        : compileOperand(member, scope, compilation);
    return sql`${literal(name)}, ${value}`;
  });
  return sql`json_build_object(${join(pairs, ', ')})`;
}
