import { errorTable, type ErrorCode } from './table';

/** Members beside the standard ones that an answer carries, for instance `faults` or `limit`. */
export type ProblemExtensions = Readonly<Record<string, unknown>>;

export interface ProblemOptions {
  /** Goes to the client. Never SQL, stacks or names of tables. */
  readonly extensions?: ProblemExtensions;
  /** Goes to the log only. */
  readonly cause?: unknown;
}

/**
 * An expected failure, as a client may see it. Status and title come from the table; `detail` is a sentence for
 * people about this one case. Its subclasses are generated, one per code.
 */
export class ProblemError extends Error {
  readonly status: number;
  readonly title: string;
  readonly extensions: ProblemExtensions;

  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    { extensions = {}, cause }: ProblemOptions = {},
  ) {
    const { status, title } = errorTable[code];
    super(detail ?? title, { cause });
    this.name = new.target.name;
    this.status = status;
    this.title = title;
    this.extensions = extensions;
  }
}
