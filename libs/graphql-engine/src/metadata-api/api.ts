/**
 * The admin's three endpoints: `/v1/metadata`, `/v2/query` and `/v1/query`.
 *
 * A request is one transaction. It holds the stored document for itself (on every instance) when it may change
 * something, works on a copy of the state, and publishes what came out only after the commit. Other instances
 * hear of a change through Postgres and load it.
 */
import { randomUUID } from 'node:crypto';
import { emptyMetadata, type Metadata } from '@nself/hasura-metadata';
import { readCatalogue } from '@nself/pg-catalog';
import { ADMIN, sessionOf, type QueryRunner, type Session, type Transaction } from '../executor';
import type { EngineOptions, Model, ReadFilter } from '../model';
import { Dispatcher, type Endpoint, type MetadataRequest } from './dispatcher';
import { announce, METADATA_CHANNEL, prepareStore, readStore, writeStore, type Stored } from './store';
import { buildState, readerOf, Workspace, type State } from './workspace';

/** What is served at a time. */
export interface Served {
  readonly model: Model;
  readonly metadata: Metadata;
}

export interface MetadataApiSetting {
  readonly runner: QueryRunner;
  readonly options: EngineOptions;
  readonly readFilter: ReadFilter;
  /** Takes what is to be served from now on. */
  readonly publish: (served: Served) => void;
  /** Told of a state that could not be loaded after another instance's change. */
  readonly onError?: (error: unknown) => void;
  /** `run_sql` may be switched off. */
  readonly allowRunSql?: boolean;
}

interface Loaded {
  readonly state: State;
  readonly resourceVersion: number;
}

const admin = sessionOf(ADMIN, {});

export class MetadataApi {
  readonly #dispatcher: Dispatcher;
  readonly #instance = randomUUID();
  #loaded: Loaded | undefined;
  #reloadWaits = false;
  #queue: Promise<unknown> = Promise.resolve();
  #stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly setting: MetadataApiSetting) {
    this.#dispatcher = new Dispatcher({ allowRunSql: setting.allowRunSql ?? true });
  }

  /** Loads what is stored (makes the store when it is missing), publishes it, and follows other instances. */
  async start(): Promise<void> {
    const { runner } = this.setting;
    await runner.transaction(admin.variables, transaction => prepareStore(transaction, firstMetadata));
    await this.#inTurn(() => this.#reload());
    const reload = () => this.#reloadSoon();
    this.#stopListening = await runner.listen(
      METADATA_CHANNEL,
      payload => this.#heard(payload, reload),
      reload,
    );
  }

  async stop(): Promise<void> {
    await this.#stopListening?.();
    await this.#queue;
  }

  /** `/v1/metadata` */
  metadata(body: unknown, session: Session): Promise<unknown> {
    return this.#answer('metadata', body, session);
  }

  /** `/v2/query` */
  query(body: unknown, session: Session): Promise<unknown> {
    return this.#answer('query', body, session);
  }

  /** `/v1/query` */
  v1Query(body: unknown, session: Session): Promise<unknown> {
    return this.#answer('v1', body, session);
  }

  /** Our own changes come back as notifications too; they are known by our name. */
  #heard(payload: string, reload: () => void): void {
    if (payload !== this.#instance) reload();
  }

  /** However many changes are told while one waits for its turn, one reload sees them all. */
  #reloadSoon(): void {
    if (this.#reloadWaits) return;
    this.#reloadWaits = true;
    this.#inTurn(async () => {
      this.#reloadWaits = false;
      await this.#reload();
    }).catch((error: unknown) => this.setting.onError?.(error));
  }

  async #reload(): Promise<void> {
    const loaded = await this.setting.runner.transaction(
      admin.variables,
      transaction => this.#load(transaction, false),
      {
        readOnly: true,
      },
    );
    this.#publish(loaded);
  }

  async #load(transaction: Transaction, lock: boolean): Promise<Loaded> {
    const stored = await readStore(transaction, lock);
    return { state: await this.#build(transaction, stored), resourceVersion: stored.resourceVersion };
  }

  async #build(transaction: Transaction, { metadata }: Stored): Promise<State> {
    const catalogue = await readCatalogue(readerOf(transaction));
    return buildState(transaction, metadata, catalogue, this.setting);
  }

  #publish(loaded: Loaded): void {
    const changed = this.#loaded?.state.model.version !== loaded.state.model.version;
    this.#loaded = loaded;
    if (!changed) return;
    const { model, metadata } = loaded.state;
    this.setting.publish({ model, metadata });
  }

  async #answer(endpoint: Endpoint, body: unknown, session: Session): Promise<unknown> {
    const request = this.#dispatcher.read(endpoint, body, session);
    return this.#inTurn(() => this.#run(request, session));
  }

  async #run(request: MetadataRequest, session: Session): Promise<unknown> {
    const { runner } = this.setting;
    const { readOnly } = request;
    const done = await runner.transaction(
      session.variables,
      async transaction => {
        const work = await this.#workspace(transaction, session, request);
        const answer = await request.run(work);
        return { answer, loaded: request.rowsOnly ? undefined : await this.#settled(work, readOnly) };
      },
      { readOnly },
    );
    if (done.loaded) this.#publish(done.loaded);
    return done.answer;
  }

  /** The state that a request begins with: what is loaded, unless another instance has changed it. */
  async #workspace(
    transaction: Transaction,
    session: Session,
    { readOnly, rowsOnly }: MetadataRequest,
  ): Promise<Workspace> {
    const known = this.#loaded;
    if (rowsOnly && known)
      return new Workspace(transaction, session, known.state, known.resourceVersion, this.setting);
    const stored = await readStore(transaction, !readOnly);
    const fresh = readOnly && known?.resourceVersion === stored.resourceVersion;
    const state = fresh && known ? known.state : await this.#current(transaction, stored);
    return new Workspace(transaction, session, state, stored.resourceVersion, this.setting);
  }

  /** A writing request looks at the database as it is now; the model is built anew only when something changed. */
  async #current(transaction: Transaction, stored: Stored): Promise<State> {
    const catalogue = await readCatalogue(readerOf(transaction));
    const known = this.#loaded;
    const same =
      known?.resourceVersion === stored.resourceVersion && known.state.catalogue.mark === catalogue.mark;
    return same ? known.state : buildState(transaction, stored.metadata, catalogue, this.setting);
  }

  async #settled(work: Workspace, readOnly: boolean): Promise<Loaded> {
    const { state, resourceVersion } = work;
    if (readOnly) return { state, resourceVersion };
    if (work.changed)
      return { state, resourceVersion: await writeStore(work.transaction, state.metadata, this.#instance) };
    if (state.catalogue.mark !== this.#loaded?.state.catalogue.mark)
      await announce(work.transaction, this.#instance);
    return { state, resourceVersion };
  }

  /** One request after the other: each begins with what the one before has left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** A new installation serves its own database as the source `default`. */
const firstMetadata: Metadata = {
  ...emptyMetadata,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      tables: [],
      configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
    },
  ],
};
