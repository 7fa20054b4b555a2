import type { QualifiedName, Verb } from '@nself/hasura-metadata';
import { bareName } from '../../model';

/** Something that other things can depend on, or that depends on others. */
export type Reference =
  | { readonly kind: 'table'; readonly table: QualifiedName }
  | {
      readonly kind:
        'column' | 'relationship' | 'computed field' | 'constraint' | 'event-trigger' | 'remote relationship';
      readonly table: QualifiedName;
      readonly name: string;
    }
  | { readonly kind: 'permission'; readonly table: QualifiedName; readonly role: string; readonly verb: Verb }
  | { readonly kind: 'function'; readonly function: QualifiedName };

/** As Hasura names it in messages. */
export function printReference(reference: Reference, source: string): string {
  return `${textOf(reference)} in source "${source}"`;
}

function textOf(reference: Reference): string {
  switch (reference.kind) {
    case 'table':
      return `table ${bareName(reference.table)}`;
    case 'function':
      return `function ${bareName(reference.function)}`;
    case 'permission':
      return `permission ${bareName(reference.table)}.${reference.role}.${reference.verb}`;
    default:
      return `${reference.kind} ${bareName(reference.table)}.${reference.name}`;
  }
}

export const referenceKey = (reference: Reference): string => JSON.stringify(textOf(reference));

const sameName = (a: QualifiedName, b: QualifiedName) => a.schema === b.schema && a.name === b.name;

/** The table that a reference is a part of; a function is a part of none. */
export const tableOf = (reference: Reference): QualifiedName | undefined =>
  reference.kind === 'function' ? undefined : reference.table;

/** Whether losing the first means losing the second. */
export function includes(whole: Reference, part: Reference): boolean {
  if (whole.kind === 'table') {
    const table = tableOf(part);
    return table !== undefined && sameName(whole.table, table);
  }
  return referenceKey(whole) === referenceKey(part);
}
