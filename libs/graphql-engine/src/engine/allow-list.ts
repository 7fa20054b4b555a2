import type { Metadata } from '@nself/hasura-metadata';
import { GraphQLError, Kind, parse, print, visit, type DocumentNode } from 'graphql';
import { EngineError, isAdmin, type Session } from '../executor';

/**
 * The queries that may be asked where the allow list is on. Compared is the document itself, not its text: layout,
 * comments and `__typename` (which clients add by themselves) make no difference. Collections that are listed for
 * some roles only are kept in the metadata and open nothing here, as in Hasura's community edition.
 */
export class AllowList {
  private readonly allowed = new Set<string>();

  constructor({
    allowlist = [],
    query_collections: collections = [],
  }: Pick<Metadata, 'allowlist' | 'query_collections'>) {
    const listed = new Set(allowlist.filter(({ scope }) => scope.global).map(({ collection }) => collection));
    for (const { name, definition } of collections) {
      if (!listed.has(name)) continue;
      for (const { query } of definition.queries) this.allow(query);
    }
  }

  /** A text that is no GraphQL can never be asked; the metadata lists it as inconsistent. */
  private allow(query: string): void {
    try {
      this.allowed.add(keyOf(parse(query, { noLocation: true })));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
    }
  }

  /** @throws EngineError `validation-failed` when the role may not ask this */
  admit(document: DocumentNode, session: Session): void {
    if (isAdmin(session)) return;
    if (this.allowed.has(keyOf(document))) return;
    throw new EngineError('validation-failed', 'query is not allowed');
  }
}

function keyOf(document: DocumentNode): string {
  const bare = visit(document, {
    [Kind.FIELD]: ({ name }) => (name.value === '__typename' ? null : undefined),
  });
  return print(bare);
}
