import { EngineError, type Session } from '../../executor';
import type { Authenticator, Credentials } from './authenticator';

/** Asks one way after the other; the first that can judge decides. When none can, the last refusal is told. */
export class InOrder implements Authenticator {
  constructor(
    private readonly ways: readonly Authenticator[],
    private readonly nobody: () => EngineError,
  ) {}

  authenticate(credentials: Credentials): Session | Promise<Session> {
    return this.from(0, credentials);
  }

  private from(index: number, credentials: Credentials): Session | Promise<Session> {
    for (let i = index; i < this.ways.length; i++) {
      const session = this.ways[i]?.authenticate(credentials);
      if (session instanceof Promise) return session.then(found => found ?? this.from(i + 1, credentials));
      if (session !== undefined) return session;
    }
    throw this.nobody();
  }
}
