import { groupBy } from './group';
import type { Oid, PgFunction, PgType, QualifiedName, Table } from './types';

/** The parts that a {@link Catalogue} is made of. */
export interface CatalogueParts {
  /** As `server_version_num`: 170004 is 17.4. */
  readonly serverVersion: number;
  /** Equal marks mean equal catalogues; it changes with every change of structure. */
  readonly mark: string;
  readonly tables: readonly Table[];
  readonly types: readonly PgType[];
  readonly functions: readonly PgFunction[];
}

const keyOf = ({ schema, name }: QualifiedName) => JSON.stringify([schema, name]);

/** A database's structure at one moment. Immutable: a change of the database makes a new one. */
export class Catalogue {
  readonly serverVersion: number;
  readonly mark: string;
  readonly tables: readonly Table[];
  readonly functions: readonly PgFunction[];
  readonly #tablesByName: ReadonlyMap<string, Table>;
  readonly #tablesByOid: ReadonlyMap<Oid, Table>;
  readonly #tablesByRowType: ReadonlyMap<Oid, Table>;
  readonly #types: ReadonlyMap<Oid, PgType>;
  readonly #typesByName: ReadonlyMap<string, PgType>;
  readonly #functions: ReadonlyMap<string, readonly PgFunction[]>;

  constructor(parts: CatalogueParts) {
    this.serverVersion = parts.serverVersion;
    this.mark = parts.mark;
    this.tables = parts.tables;
    this.functions = parts.functions;
    this.#tablesByName = new Map(parts.tables.map(table => [keyOf(table), table]));
    this.#tablesByOid = new Map(parts.tables.map(table => [table.oid, table]));
    this.#tablesByRowType = new Map(parts.tables.map(table => [table.rowType, table]));
    this.#types = new Map(parts.types.map(type => [type.oid, type]));
    this.#typesByName = new Map(parts.types.map(type => [keyOf(type), type]));
    this.#functions = groupBy(parts.functions, keyOf);
  }

  /** A database with nothing in it: what an engine without a source works with. */
  static empty(): Catalogue {
    return new Catalogue({ serverVersion: 0, mark: '', tables: [], types: [], functions: [] });
  }

  table(name: QualifiedName): Table | undefined {
    return this.#tablesByName.get(keyOf(name));
  }

  tableByOid(oid: Oid): Table | undefined {
    return this.#tablesByOid.get(oid);
  }

  /** The table whose rows have this type: what a function `returns setof`. */
  tableOfRowType(type: Oid): Table | undefined {
    return this.#tablesByRowType.get(type);
  }

  /** Every type that a column, an argument or another type names is here. */
  type(oid: Oid): PgType {
    const type = this.#types.get(oid);
    if (!type) throw new RangeError(`The catalogue holds no type ${oid}.`);
    return type;
  }

  typeNamed(name: QualifiedName): PgType | undefined {
    return this.#typesByName.get(keyOf(name));
  }

  /** All functions of one name: more than one when it is overloaded. */
  functionsNamed(name: QualifiedName): readonly PgFunction[] {
    return this.#functions.get(keyOf(name)) ?? [];
  }

  /** The type under all domains: `citext_mail -> citext`. */
  baseType(oid: Oid): PgType {
    const type = this.type(oid);
    return type.kind === 'domain' && type.of !== undefined ? this.baseType(type.of) : type;
  }
}
