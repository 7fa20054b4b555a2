import { createHash, hkdfSync, randomUUID } from 'node:crypto';
import { open, seal, sha256 } from '../crypto';
import { IdempotencyAnswerLost, IdempotencyInFlight, IdempotencyMismatch } from '../errors';

/** Runs one statement in a transaction of its own and answers its rows. */
export type RunStatement = (text: string, values: unknown[]) => Promise<unknown[]>;

/** One request that carries a key. `principal` is who sent it, `fingerprint` stands for its body. */
export interface KeyedRequest {
  readonly principal: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** What was answered, as it can be answered again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly value?: unknown;
}

/** The right to carry a request out: at most one holds it at a time. */
export interface Claim {
  readonly scope: string;
  readonly key: string;
  readonly id: string;
  readonly secret: Buffer;
}

interface KeyRow {
  readonly request_hash: string;
  readonly state: 'running' | 'effected' | 'done';
  readonly overdue: boolean;
  readonly response_body: Buffer | null;
}

const LEASE = '1 minute';
const KEPT_FOR = '24 hours';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Remembers requests that carry an Idempotency-Key (checks H2), so that a kill at any moment leaves no double effect.
 *
 * A request first *claims* its key: `running`. The transaction that takes effect marks the claim as `effected` within
 * itself, so mark and effect are committed together or not at all; who lost the claim in the meantime cannot commit.
 * At the end the answer is kept: `done`. After a kill a `running` claim runs out and the request may be carried out
 * again, because nothing had happened; an `effected` one may not, and its answer is lost.
 *
 * An answer may hold secrets such as tokens. It is sealed under a key made from the client's own Idempotency-Key, of
 * which only a hash is stored: nobody who reads the table can read an answer.
 */
export class IdempotencyStore {
  constructor(private readonly run: RunStatement) {}

  /**
   * Claims the key, or finds the answer that was given before.
   *
   * @throws IdempotencyMismatch when the key was used for another body, IdempotencyInFlight while the first request is
   *   running, IdempotencyAnswerLost when it took effect and was then cut off.
   */
  async claim(request: KeyedRequest): Promise<Claim | KeptAnswer> {
    const claim = claimOf(request);
    const [mine] = await this.run(CLAIM, [
      claim.scope,
      claim.key,
      request.method,
      request.path,
      request.fingerprint,
      claim.id,
    ]);
    return mine ? claim : this.answerOf(claim, request);
  }

  /** Keeps the answer of a claim. Does nothing for a claim that was lost. */
  async keep({ scope, key, id, secret }: Claim, answer: KeptAnswer): Promise<void> {
    const body = seal(JSON.stringify(answer), secret, `${scope}/${key}`);
    await this.run(KEEP, [scope, key, id, answer.status, body]);
  }

  /** Gives a claim up after a failure. With `sure` it is known that nothing was done; else only if nothing took effect. */
  async release({ scope, key, id }: Claim, sure: boolean): Promise<void> {
    await this.run(RELEASE, [scope, key, id, sure]);
  }

  /** Removes what is older than a day; for a nightly job. */
  async purge(): Promise<void> {
    await this.run('delete from ops.idempotency_keys where expires_at < now()', []);
  }

  private async answerOf(claim: Claim, request: KeyedRequest): Promise<KeptAnswer> {
    const [row] = (await this.run(FIND, [claim.scope, claim.key])) as KeyRow[];
    if (!row) throw new IdempotencyInFlight();
    if (row.request_hash !== request.fingerprint) throw new IdempotencyMismatch();
    if (row.state === 'effected' && row.overdue) throw new IdempotencyAnswerLost();
    if (row.state !== 'done' || !row.response_body) throw new IdempotencyInFlight();
    return JSON.parse(open(row.response_body, claim.secret, `${claim.scope}/${claim.key}`).toString());
  }
}

function claimOf({ principal, method, path, key }: KeyedRequest): Claim {
  const scope = hex(`${principal}\n${method}\n${path}`);
  const secret = Buffer.from(hkdfSync('sha256', key, scope, 'nself idempotency answer', 32));
  return { scope, key: sha256(`${scope}\n${key}`).toString('hex'), id: randomUUID(), secret };
}

const CLAIM = `
  insert into ops.idempotency_keys as k (scope, key, method, path, request_hash, claim, locked_until, expires_at)
  values ($1, $2, $3, $4, $5, $6, now() + interval '${LEASE}', now() + interval '${KEPT_FOR}')
  on conflict (scope, key) do update
  set    claim = excluded.claim, request_hash = excluded.request_hash, state = 'running', response_body = null,
         response_status = null, locked_until = excluded.locked_until, expires_at = excluded.expires_at
  where  k.expires_at < now()
     or (k.state = 'running' and k.locked_until < now() and k.request_hash = excluded.request_hash)
  returning claim`;

const FIND = `
  select request_hash, state, locked_until < now() as overdue, response_body
  from   ops.idempotency_keys
  where  scope = $1 and key = $2`;

const KEEP = `
  update ops.idempotency_keys
  set    state = 'done', response_status = $4, response_body = $5
  where  scope = $1 and key = $2 and claim = $3`;

const RELEASE = `
  delete from ops.idempotency_keys
  where  scope = $1 and key = $2 and claim = $3 and ($4 or state = 'running')`;
