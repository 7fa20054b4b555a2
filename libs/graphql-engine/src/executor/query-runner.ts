/** Session variables by lower-case name (`x-hasura-role`, `x-hasura-user-id`, ...). */
export type SessionVariables = Readonly<Record<string, string>>;

/** One compiled statement with its values in text format. */
export interface StatementCall {
  readonly text: string;
  /** Hash of the text: the name under which every connection keeps it prepared. */
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** The statements of one request; they succeed or fail together, under the context of the session. */
export interface StatementGroup {
  readonly session: SessionVariables;
  readonly statements: readonly StatementCall[];
  readonly readOnly: boolean;
  readonly isolation?: 'repeatable read' | 'serializable';
  readonly timeoutMs?: number | undefined;
  /** The trace of the request; the context tells it to the database. */
  readonly traceId?: string | undefined;
}

/** The fields of the one row that a compiled statement returns: the JSON of its root field first. */
export type AnswerRow = readonly Buffer[];

/** Either every statement's row, or why the group failed and at which statement (when one is to blame). */
export type GroupOutcome =
  { readonly rows: readonly AnswerRow[] } | { readonly error: unknown; readonly at?: number };

/** Rows in text format, as `run_sql` shows them. */
export interface ScriptRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What `transaction` hands to its work: plain statements on one connection. */
export interface Transaction {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
  /** Runs a script of any statements; gives fields and rows of the last one that returned rows. */
  script(text: string): Promise<ScriptRows | undefined>;
}

/**
 * The engine's only door to Postgres. The apps bind it: with our schema `app` in the database, every group runs under
 * the tenancy door's context; without it, under Hasura's `hasura.user` alone.
 */
export interface QueryRunner {
  /** Runs one group in one write. Resolves with an outcome; never rejects because of the database. */
  run(group: StatementGroup): Promise<GroupOutcome>;
  /** Runs many groups, each with its own context and fate, in one write on one connection (live queries). */
  runEach(groups: readonly StatementGroup[]): Promise<readonly GroupOutcome[]>;
  /** Runs work in one transaction as the given session; for the metadata API and `run_sql`. */
  transaction<T>(
    session: SessionVariables,
    work: (transaction: Transaction) => Promise<T>,
    options?: { readonly readOnly?: boolean },
  ): Promise<T>;
  /** Calls back on every notification of a channel until the returned function is called. */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onGap: () => void,
  ): Promise<() => Promise<void>>;
}
