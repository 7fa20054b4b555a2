import { sessionOf, type Session } from '../../executor';
import type { Authenticator } from './authenticator';

/**
 * The role of whoever proves nothing. Unlike Hasura, no `x-hasura-*` header of such a request becomes a session
 * variable: under row level security they would choose the family that the database shows.
 */
export class UnauthorizedRole implements Authenticator {
  private readonly session: Session;

  constructor(role: string) {
    this.session = sessionOf(role, {});
  }

  authenticate(): Session {
    return this.session;
  }
}
