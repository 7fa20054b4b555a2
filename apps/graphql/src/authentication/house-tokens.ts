import {
  EngineError,
  sessionOf,
  type Authenticator,
  type Credentials,
  type OperationKind,
  type Session,
} from '@nself/graphql-engine';
import {
  inRole,
  type Actor,
  type KeyRates,
  type Revocations,
  type Scope,
  type TokenVerifier,
} from '@nself/identity';
import { ProblemError, RateLimited } from '@nself/kernel';
import { LRUCache } from 'lru-cache';

const REMEMBERED = 10_000;

/** A verified token, and the sessions made of it by the role that was asked for. */
interface Known {
  readonly actor: Actor;
  readonly sessions: Map<string | undefined, Session>;
}

/**
 * Access tokens of our own auth service. A token is verified once and remembered until it expires; whether it was
 * revoked is asked every time, and again and again while a socket is open.
 */
export class HouseTokens implements Authenticator {
  private readonly remembered = new LRUCache<string, Known>({ max: REMEMBERED });

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly revocations: Revocations,
    private readonly rates: KeyRates,
  ) {}

  authenticate({ headers }: Credentials): Session | undefined | Promise<Session> {
    const { authorization } = headers;
    if (authorization === undefined) return undefined;
    const token = /^Bearer\s+(\S+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw new EngineError('invalid-headers', 'Malformed Authorization header');
    const role = headers['x-hasura-role'];
    const asked = Array.isArray(role) ? role[0] : role;
    const known = this.remembered.get(token);
    if (known && this.isGood(known.actor)) return this.sessionFor(known, asked);
    return this.verify(token).then(fresh => this.sessionFor(fresh, asked));
  }

  private async verify(token: string): Promise<Known> {
    try {
      const known = { actor: await this.verifier.verify(token), sessions: new Map() };
      this.remembered.set(token, known);
      return known;
    } catch (error) {
      throw refusal(error);
    }
  }

  private sessionFor({ actor, sessions }: Known, role: string | undefined): Session {
    const known = sessions.get(role);
    if (known) return known;
    const made = this.makeSession(actor, role);
    sessions.set(role, made);
    return made;
  }

  private makeSession(actor: Actor, role: string | undefined): Session {
    const acting = role === undefined ? actor : this.inRole(actor, role);
    const expiresAt = actor.expiresAt === null ? {} : { expiresAt: actor.expiresAt };
    const operations = actor.scopes ? { operations: operationsOf(actor.scopes) } : {};
    const stillValid = (): boolean => this.isLive(actor);
    const admit = actor.key && { admit: (count: number) => this.rates.admit(actor, count)?.catch(refuse) };
    return sessionOf(acting.role, acting.session, { ...expiresAt, ...operations, ...admit, stillValid });
  }

  private inRole(actor: Actor, role: string): Actor {
    try {
      return inRole(actor, role);
    } catch {
      throw new EngineError('access-denied', 'Your requested role is not in allowed roles', { status: 400 });
    }
  }

  private isGood(actor: Actor): boolean {
    return (actor.expiresAt ?? 0) > Date.now() && this.isLive(actor);
  }

  private isLive(actor: Actor): boolean {
    try {
      this.revocations.assertLive(actor);
      return true;
    } catch {
      return false;
    }
  }
}

/** What the scopes of a key open here; a key with neither `read` nor `write` opens nothing. */
const operationsOf = (scopes: readonly Scope[]): OperationKind[] => [
  ...(scopes.includes('read') ? (['query', 'subscription'] as const) : []),
  ...(scopes.includes('write') ? (['mutation'] as const) : []),
];

function refuse(error: unknown): never {
  throw refusal(error);
}

function refusal(error: unknown): EngineError {
  if (error instanceof RateLimited)
    return new EngineError('rate-limit-exceeded', 'the rate limit of your key is exceeded', {
      retryAfter: Number(error.extensions['retryAfter']),
    });
  if (!(error instanceof ProblemError))
    return new EngineError('unexpected', 'tokens cannot be verified now', { status: 503 });
  if (error.code === 'TOKEN_EXPIRED')
    return new EngineError('invalid-jwt', 'Could not verify JWT: JWTExpired');
  if (error.status >= 500)
    return new EngineError('unexpected', 'tokens cannot be verified now', { status: 503 });
  return new EngineError('invalid-jwt', 'Could not verify JWT: JWSError JWSInvalidSignature');
}
