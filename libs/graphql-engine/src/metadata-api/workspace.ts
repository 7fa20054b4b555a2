import { parseMetadata, type InheritedRole, type Metadata } from '@nself/hasura-metadata';
import { readCatalogue, type Catalogue, type CatalogueReader } from '@nself/pg-catalog';
import { EngineError, type Session, type Transaction } from '../executor';
import {
  buildModel,
  readEnums,
  roleCycles,
  servedSource,
  type EngineOptions,
  type Inconsistency,
  type Model,
  type ReadFilter,
} from '../model';
import { documentFaults } from './document';

/** Something in metadata that does not hold, as Hasura shows it. */
export interface Inconsistent extends Partial<Inconsistency> {
  readonly reason: string;
  /** REST endpoints that one request could mean. */
  readonly conflicts?: unknown;
}

/** A database's structure, what is declared on it, and what follows from both. */
export interface State {
  readonly metadata: Metadata;
  readonly catalogue: Catalogue;
  readonly model: Model;
  /** The model's and the document's own. */
  readonly inconsistencies: readonly Inconsistent[];
}

export interface BuildSetting {
  readonly options: EngineOptions;
  readonly readFilter: ReadFilter;
}

/** Runs work so that its failure leaves the transaction as it was before. */
async function undoable<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  await transaction.query('savepoint before_step');
  try {
    const done = await work();
    await transaction.query('release savepoint before_step');
    return done;
  } catch (error) {
    await transaction.query('rollback to savepoint before_step');
    throw error;
  }
}

/** A transaction as the catalogue room reads through it: a table that cannot be read does not end it. */
export const readerOf = (transaction: Transaction): CatalogueReader => ({
  query: <Row>(text: string, values?: unknown[]) =>
    undoable(transaction, async () => ({
      rows: (await transaction.query<Row & object>(text, values)) as Row[],
    })),
});

export async function buildState(
  transaction: Transaction,
  metadata: Metadata,
  catalogue: Catalogue,
  { options, readFilter }: BuildSetting,
): Promise<State> {
  const enums = await readEnums(readerOf(transaction), catalogue, servedSource(metadata)?.tables ?? []);
  const model = buildModel({ catalogue, metadata, enums, options, readFilter });
  const inconsistencies = [...model.inconsistencies, ...documentFaults(metadata, model)];
  return { metadata, catalogue, model, inconsistencies };
}

/**
 * Metadata while one request changes it. Nothing outside sees a change before the request has ended well: every
 * command makes a new state, and a failed one leaves the state as it was.
 */
export class Workspace {
  #state: State;
  #metadataChanged = false;

  constructor(
    readonly transaction: Transaction,
    readonly session: Session,
    state: State,
    readonly resourceVersion: number,
    private readonly setting: BuildSetting,
  ) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  get metadata(): Metadata {
    return this.#state.metadata;
  }

  get model(): Model {
    return this.#state.model;
  }

  get changed(): boolean {
    return this.#metadataChanged;
  }

  /** @throws EngineError `conflict` when somebody has changed the document since the version that a client knows */
  requireVersion(known: number): void {
    if (known === this.resourceVersion) return;
    const message =
      `metadata resource version referenced (${known}) did not match ` +
      `current version (${this.resourceVersion})`;
    throw new EngineError('conflict', message, { path: '$', status: 409 });
  }

  /** Takes whatever it is, inconsistent or not. */
  async accept(metadata: Metadata): Promise<void> {
    this.#keep(await this.#built(metadata));
  }

  /**
   * Takes a document that adds or alters one object.
   * @param object Hasura's name of it: when it is inconsistent itself, the error says its reason
   * @param family what reasons begin with that have no name and blame it together with others
   */
  async acceptFor(metadata: Metadata, object: string, family?: string): Promise<void> {
    const next = await this.#built(metadata);
    const fresh = this.#new(next);
    const own = fresh.filter(({ name, reason }) => name === object || (family && reason.startsWith(family)));
    const [first] = own;
    if (first)
      throw new EngineError('invalid-configuration', first.reason, { path: '$.args', internal: own });
    if (fresh.length > 0) {
      const message = 'cannot continue due to new inconsistent metadata';
      throw new EngineError('unexpected', message, { path: '$.args', status: 400, internal: fresh });
    }
    this.#keep(next);
  }

  /** Takes a document that removes something: nothing else may break by it. */
  async acceptWithout(metadata: Metadata): Promise<void> {
    const next = await this.#built(metadata);
    const fresh = this.#new(next);
    if (fresh.length > 0) {
      const message = 'cannot continue due to newly found inconsistent metadata';
      throw new EngineError('unexpected', message, { path: '$.args', status: 500, internal: fresh });
    }
    this.#keep(next);
  }

  /** Runs one step of several; when it fails, everything is as it was before. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    const [state, changed] = [this.#state, this.#metadataChanged];
    try {
      return await undoable(this.transaction, work);
    } catch (error) {
      this.#state = state;
      this.#metadataChanged = changed;
      throw error;
    }
  }

  /** Reads the database's structure again. */
  async readCatalogue(): Promise<Catalogue> {
    const catalogue = await readCatalogue(readerOf(this.transaction));
    this.#state = { ...this.#state, catalogue };
    return catalogue;
  }

  #built(metadata: Metadata): Promise<State> {
    refuseCycles(metadata.inherited_roles ?? []);
    return buildState(this.transaction, parseMetadata(metadata), this.#state.catalogue, this.setting);
  }

  #new(next: State): Inconsistent[] {
    const known = new Set(this.#state.inconsistencies.map(keyOf));
    return next.inconsistencies.filter(fault => !known.has(keyOf(fault)));
  }

  #keep(next: State): void {
    this.#metadataChanged ||= JSON.stringify(next.metadata) !== JSON.stringify(this.#state.metadata);
    this.#state = next;
  }
}

const keyOf = ({ name, type, entity, reason }: Inconsistent): string =>
  JSON.stringify([type, name ?? reason, entity]);

/** Roles that inherit from themselves are the one thing that is refused even where inconsistency is allowed. */
function refuseCycles(roles: readonly InheritedRole[]): void {
  const cycles = roleCycles(roles).map(cycle => JSON.stringify(cycle));
  if (cycles.length === 0) return;
  throw new EngineError('cyclic-dependency', `found cycle(s) in roles: ${cycles.join(', ')}`, {
    path: '$.args',
  });
}
