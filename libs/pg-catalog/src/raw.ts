import type { Oid } from './types';

/** Rows as the introspection statement answers them, before names are put in and rows are joined. */
export interface RawCatalogue {
  readonly serverVersion: number;
  readonly relations: readonly RawRelation[];
  readonly columns: readonly RawColumn[];
  readonly indexes: readonly RawIndex[];
  readonly foreignKeys: readonly RawForeignKey[];
  readonly policies: readonly RawPolicy[];
  readonly triggers: readonly RawTrigger[];
  readonly reads: readonly { readonly relation: Oid; readonly read: Oid }[];
  readonly types: readonly RawType[];
  readonly functions: readonly RawFunction[];
}

export interface RawRelation {
  readonly oid: Oid;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'r' | 'v' | 'm' | 'f' | 'p';
  readonly rowType: Oid;
  readonly comment: string | null;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly invoker: boolean;
  /** Bits of Postgres's command numbers: 4 update, 8 insert, 16 delete. */
  readonly writable: number;
  readonly partitionOf: Oid | null;
}

export interface RawColumn {
  readonly relation: Oid;
  readonly name: string;
  readonly position: number;
  readonly type: Oid;
  readonly modifier: number;
  readonly required: boolean;
  readonly default: string | null;
  readonly generated: '' | 's' | 'v';
  readonly identity: '' | 'a' | 'd';
  readonly comment: string | null;
}

export interface RawIndex {
  readonly relation: Oid;
  readonly name: string;
  readonly primary: boolean;
  readonly constraint: boolean;
  readonly partial: boolean;
  readonly columns: readonly number[];
}

export interface RawForeignKey {
  readonly oid: Oid;
  readonly relation: Oid;
  readonly name: string;
  readonly columns: readonly number[];
  readonly referenced: Oid;
  readonly referencedColumns: readonly number[];
}

export interface RawPolicy {
  readonly relation: Oid;
  readonly name: string;
  readonly command: '*' | 'r' | 'a' | 'w' | 'd';
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

export interface RawTrigger {
  readonly relation: Oid;
  readonly name: string;
  readonly enabled: boolean;
  readonly schema: string;
  readonly function: string;
}

export interface RawType {
  readonly oid: Oid;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'p' | 'r' | 'm';
  readonly category: string;
  readonly element: Oid;
  readonly base: Oid;
  readonly required: boolean;
  readonly relation: Oid;
  readonly relationKind: string | null;
  readonly subtype: Oid | null;
  readonly labels: readonly string[] | null;
}

export interface RawFunction {
  readonly oid: Oid;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  /** Types of all arguments, outputs included. */
  readonly types: readonly Oid[];
  readonly names: readonly string[] | null;
  readonly modes: readonly ('i' | 'o' | 'b' | 'v' | 't')[] | null;
  readonly inputs: number;
  readonly defaults: number;
  readonly variadic: boolean;
  readonly returns: Oid;
  readonly returnsSet: boolean;
  readonly volatility: 'i' | 's' | 'v';
  readonly strict: boolean;
  readonly securityDefiner: boolean;
  readonly language: string;
  readonly body: string;
}
