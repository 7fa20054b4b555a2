import type { SessionVariables } from './query-runner';

/** Role that needs no permissions. Only the admin secret (or a server without one) gives it. */
export const ADMIN = 'admin';

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** Who asks, as far as the engine cares. */
export interface Session {
  readonly role: string;
  /** Every `x-hasura-*` variable, lower-case, `x-hasura-role` among them. */
  readonly variables: SessionVariables;
  /** Whether permissions marked `backend_only` apply: the admin secret was sent and they were asked for. */
  readonly backend: boolean;
  /** Milliseconds since the epoch at which the proof of identity ends; open sockets close then. */
  readonly expiresAt?: number;
  /** Cookies that whoever proved the identity wants the client to keep. */
  readonly setCookies?: readonly string[];
  /** The kinds of operation that the bearer may run at all, whatever the role; every kind unless said. */
  readonly operations?: readonly OperationKind[];
  /**
   * A limit that the bearer brings along: counts operations, and rejects when they are too many. Undefined where there
   * is nothing to count.
   */
  readonly admit?: (operations: number) => Promise<void> | undefined;
  /** Asked again while a socket is open; false when the identity was withdrawn. */
  readonly stillValid?: () => boolean;
}

export function sessionOf(
  role: string,
  variables: SessionVariables,
  more: Pick<Session, 'expiresAt' | 'operations' | 'admit' | 'stillValid' | 'setCookies'> & {
    backend?: boolean;
  } = {},
): Session {
  return {
    ...more,
    role,
    variables: { ...variables, 'x-hasura-role': role },
    backend: more.backend ?? false,
  };
}

export const isAdmin = (session: Session): boolean => session.role === ADMIN;
