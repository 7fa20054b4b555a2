import type {
  BeforeQueryEvent,
  EntitySubscriberInterface,
  QueryRunner,
  TransactionStartEvent,
} from 'typeorm';
import { contextStatement, type RequestContext } from '../context';

const KEY = 'nself.context';

/** A mistake in our own code: SQL without saying for whom. Nothing was sent to the database. */
export class NoContextError extends Error {
  constructor() {
    super(
      'A statement outside of a context was refused: every statement goes through TenantTransaction.run.',
    );
    this.name = 'NoContextError';
  }
}

/** Ties a query runner to the one context that its transaction works for. */
export function bindContext(runner: QueryRunner, context: RequestContext): void {
  runner.data[KEY] = context;
}

const contextOfRunner = (runner: QueryRunner): RequestContext | undefined => runner.data[KEY];

/**
 * Sets the context when a transaction starts, and refuses every statement that has none.
 *
 * TypeORM runs `find()` and friends outside of transactions, where no context could be set and row level security
 * would silently show nothing; that silence is made loud here. It is armed once the data source is up, because
 * TypeORM asks Postgres a few things of its own while it starts.
 */
export class ContextSubscriber implements EntitySubscriberInterface {
  private armed = false;

  arm(): void {
    this.armed = true;
  }

  async afterTransactionStart({ queryRunner }: TransactionStartEvent): Promise<void> {
    const context = contextOfRunner(queryRunner);
    if (!context) throw new NoContextError();
    const { text, values } = contextStatement(context);
    await queryRunner.query(text, [...values]);
  }

  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    if (!this.armed) return;
    if (!queryRunner.isTransactionActive || !contextOfRunner(queryRunner)) throw new NoContextError();
  }
}
