import { EngineError, isAdmin, type Session } from '../../executor';
import type { Call, Endpoint } from '../http/call';
import { parseJson } from '../http/json';
import { exactJson } from '../http/reply';

/** Takes the request's JSON, gives the answer's. It knows by itself what is for the admin alone. */
export type AdminCommand = (body: unknown, session: Session) => Promise<unknown>;

/** `/v1/metadata`, `/v2/query`, `/v1/query`. */
export function adminEndpoint(command: AdminCommand): Endpoint {
  return async call => {
    const body = await call.body();
    const session = await call.authenticate();
    return exactJson(await command(parseJson(body), session));
  };
}

/** The session of the admin, or a refusal in Hasura's words. */
export async function asAdmin(call: Call): Promise<Session> {
  const session = await call.authenticate();
  if (isAdmin(session)) return session;
  throw new EngineError('access-denied', 'restricted access : admin only', { status: 400 });
}
