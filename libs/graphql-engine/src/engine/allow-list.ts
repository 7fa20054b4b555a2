import type { Metadata } from '@nself/hasura-metadata';
import { Kind, parse, print, visit, type DocumentNode } from 'graphql';
import { EngineError, isAdmin, type Session } from '../executor';

/**
 * The queries that may be asked where the allow list is on. Compared is the document itself, not its text: layout,
 * comments and `__typename` (which clients add by themselves) make no difference.
 */
export class AllowList {
  private readonly forAll = new Set<string>();
  private readonly forRole = new Map<string, Set<string>>();

  constructor({
    allowlist = [],
    query_collections: collections = [],
  }: Pick<Metadata, 'allowlist' | 'query_collections'>) {
    for (const { collection, scope } of allowlist) {
      const queries = collections.find(({ name }) => name === collection)?.definition.queries ?? [];
      const keys = queries.map(({ query }) => keyOf(parse(query, { noLocation: true })));
      if (scope.global) keys.forEach(key => this.forAll.add(key));
      else for (const role of scope.roles) keys.forEach(key => this.ofRole(role).add(key));
    }
  }

  /** @throws EngineError `validation-failed` when the role may not ask this */
  admit(document: DocumentNode, session: Session): void {
    if (isAdmin(session)) return;
    const key = keyOf(document);
    if (this.forAll.has(key) || this.forRole.get(session.role)?.has(key)) return;
    throw new EngineError('validation-failed', 'query is not allowed');
  }

  private ofRole(role: string): Set<string> {
    const known = this.forRole.get(role) ?? new Set();
    this.forRole.set(role, known);
    return known;
  }
}

function keyOf(document: DocumentNode): string {
  const bare = visit(document, {
    [Kind.FIELD]: ({ name }) => (name.value === '__typename' ? null : undefined),
  });
  return print(bare);
}
