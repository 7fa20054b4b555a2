import { constantTimeEqual } from '@nself/kernel';
import { ADMIN, EngineError, sessionOf, type Session } from '../../executor';
import { hasuraHeaders, headerOf, type Authenticator, type Credentials } from './authenticator';

/**
 * The admin secret: whoever sends it may be anybody, by `x-hasura-role` and any other `x-hasura-*` header.
 * A wrong secret is an error even where another proof of identity is present.
 */
export class AdminSecret implements Authenticator {
  constructor(private readonly secrets: readonly string[]) {}

  authenticate({ headers }: Credentials): Session | undefined {
    const sent = headerOf(headers, 'x-hasura-admin-secret') ?? headerOf(headers, 'x-hasura-access-key');
    if (sent === undefined) return undefined;
    if (this.matches(sent)) return trusted(headers);
    throw new EngineError('access-denied', 'invalid "x-hasura-admin-secret"/"x-hasura-access-key"');
  }

  private matches(sent: string): boolean {
    let found = false;
    for (const secret of this.secrets) if (constantTimeEqual(sent, secret)) found = true;
    return found;
  }
}

/** A server without an admin secret trusts everybody, as Hasura does; for development on a scratch database. */
export class TrustEverybody implements Authenticator {
  authenticate({ headers }: Credentials): Session {
    return trusted(headers);
  }
}

const BACKEND = 'x-hasura-use-backend-only-permissions';

function trusted(headers: Credentials['headers']): Session {
  const variables = hasuraHeaders(headers);
  const backend = booleanOf(variables[BACKEND] ?? 'false');
  return sessionOf(variables['x-hasura-role'] ?? ADMIN, variables, { backend });
}

/** A boolean as Hasura reads it from a header. */
function booleanOf(text: string): boolean {
  const word = text.toLowerCase();
  if (['true', 't', 'yes', 'y'].includes(word)) return true;
  if (['false', 'f', 'no', 'n'].includes(word)) return false;
  throw new EngineError(
    'bad-request',
    `${BACKEND}:  Not a valid boolean text. True values are ["true","t","yes","y"] and  False values are ["false","f","no","n"]. All values are case insensitive`,
  );
}
