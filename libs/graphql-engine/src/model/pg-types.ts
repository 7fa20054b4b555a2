import type { Catalogue, Oid } from '@nself/pg-catalog';
import type { TypeModel } from './types';

/**
 * Types of one catalogue as the engine needs them, each made once. A domain is what it is made of, as in Hasura: it has
 * the operators and aggregates of its base, and Postgres still checks what is written.
 */
export class Types {
  readonly #made = new Map<Oid, TypeModel>();

  constructor(private readonly catalogue: Catalogue) {}

  isDomain(oid: Oid): boolean {
    return this.catalogue.type(oid).kind === 'domain';
  }

  of(oid: Oid): TypeModel {
    const made = this.#made.get(oid);
    if (made) return made;
    const { schema, name, kind, category, of, labels } = this.catalogue.type(oid);
    if (kind === 'domain' && of !== undefined) return this.of(of);
    const type: TypeModel = {
      schema,
      name,
      kind,
      category,
      ...(of !== undefined && { of: this.of(of) }),
      ...(labels && { labels }),
    };
    this.#made.set(oid, type);
    return type;
  }
}
