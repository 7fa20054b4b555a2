import { nameKey, type QualifiedName } from '@nself/hasura-metadata';
import { EngineError } from '../executor';
import { tableObject } from '../model';
import { refusal, success } from './command';
import { sourceName } from './edit/edit';
import type { Workspace } from './workspace';

type Deed = 'track' | 'untrack';

/** One table that could not be served as asked, as Hasura tells it. */
interface Warning {
  readonly code: `${Deed}-table-failed`;
  readonly message: string;
  readonly name: string;
  readonly type: 'table';
}

/** What went wrong with some of many tables, while the others went well. */
export class Warnings {
  readonly #told = new Map<string, Warning>();

  /** @throws EngineError `bad-request` when a table is named twice */
  constructor(
    private readonly work: Workspace,
    private readonly deed: Deed,
    private readonly tables: readonly { readonly table: QualifiedName }[],
  ) {
    const keys = tables.map(({ table }) => nameKey(table));
    const twice = tables.filter((_, at) => keys.indexOf(keys[at] ?? '') < at);
    if (twice.length === 0) return;
    const source = sourceName(work.metadata);
    const names = [...new Set(twice.map(({ table }) => `${source}.${bare(table)}`))].sort().join(', ');
    const message = `The following tables occur more than once in the request: ${names}`;
    throw refusal('bad-request', message).at('$.args.tables');
  }

  /** What the work gives, or a warning when it is refused. */
  around<T>(table: QualifiedName, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#tell(table, error.message);
      return undefined;
    }
  }

  /** Whether the state of now has something against a table that nothing was said of so far; then that is a warning. */
  ofInconsistency(table: QualifiedName): boolean {
    const object = this.#nameOf(table);
    const fault = this.work.state.inconsistencies.find(({ name }) => name === object);
    if (!fault || this.#told.has(object)) return false;
    this.#tell(table, fault.reason);
    return true;
  }

  /** @throws EngineError when no table went well, or when one did not and that is not allowed */
  answer(allowed = true): object {
    const warnings = [...this.#told.values()];
    const details = { path: '$.args', status: 400, internal: warnings };
    if (warnings.length === this.tables.length)
      throw new EngineError('invalid-configuration', `all tables failed to ${this.deed}`, details);
    if (warnings.length === 0) return success;
    if (allowed) return { ...success, warnings };
    throw new EngineError('metadata-warnings', 'failed due to metadata warnings', details);
  }

  #tell(table: QualifiedName, message: string): void {
    const name = this.#nameOf(table);
    this.#told.set(name, { code: `${this.deed}-table-failed`, message, name, type: 'table' });
  }

  #nameOf(table: QualifiedName): string {
    return tableObject(sourceName(this.work.metadata), table).name;
  }
}

const bare = ({ schema, name }: QualifiedName): string => (schema === 'public' ? name : `${schema}.${name}`);
