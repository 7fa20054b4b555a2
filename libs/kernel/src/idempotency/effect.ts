import { AsyncLocalStorage } from 'node:async_hooks';
import { IdempotencyInFlight } from '../errors';
import type { Claim } from './idempotency-store';

const current = new AsyncLocalStorage<Claim>();

/** Runs a request under its claim. */
export const underClaim = <T>(claim: Claim, fn: () => T): T => current.run(claim, fn);

/** Whether the request that is served now carries an Idempotency-Key, so that its effect must be marked. */
export const isUnderClaim = (): boolean => current.getStore() !== undefined;

const MARK = `
  with marked as (
    update ops.idempotency_keys set state = 'effected'
    where  scope = $1 and key = $2 and claim = $3 and state in ('running', 'effected')
    returning 1
  )
  select count(*)::integer as marked from marked`;

/**
 * Called last in every transaction of a request: ties its effect to the claim of the request's Idempotency-Key, if it
 * has one. Does nothing otherwise.
 *
 * @throws IdempotencyInFlight when another has taken the claim over, so that this transaction is rolled back.
 */
export async function markEffect(sql: {
  query(text: string, values: unknown[]): Promise<unknown>;
}): Promise<void> {
  const claim = current.getStore();
  if (!claim) return;
  const rows = (await sql.query(MARK, [claim.scope, claim.key, claim.id])) as { marked: number }[];
  if (rows[0]?.marked !== 1) throw new IdempotencyInFlight();
}
