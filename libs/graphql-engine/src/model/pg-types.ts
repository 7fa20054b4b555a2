import type { Catalogue, Oid } from '@nself/pg-catalog';
import type { TypeModel } from './types';

/** Types of one catalogue as the engine needs them, each made once. */
export class Types {
  readonly #made = new Map<Oid, TypeModel>();

  constructor(private readonly catalogue: Catalogue) {}

  of(oid: Oid): TypeModel {
    const made = this.#made.get(oid);
    if (made) return made;
    const { schema, name, kind, category, of, labels } = this.catalogue.type(oid);
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
