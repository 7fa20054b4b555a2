import type { Actor, SessionVariables } from '../actor';

/** The Redis channel that auth tells revocations on, the moment they are committed. */
export const REVOCATION_CHANNEL = 'nself:revocations';

/**
 * One thing that ended: a session, all sessions of a person, a membership, a device. It hits every token that fits
 * all ids it names and was issued at or before `at` (milliseconds since 1970); an ended session never comes back, so
 * there the time does not matter.
 */
export interface Revocation {
  readonly kind: 'session' | 'user' | 'member' | 'device';
  readonly sessionId?: string;
  readonly userId?: string;
  readonly familyId?: string;
  /** Devices have tokens of their own: `x-hasura-device-id`, or the device as `sub`. */
  readonly deviceId?: string;
  readonly at: number;
}

/** Whoever holds a token or something that was had by one, as far as a revocation looks at it. */
export type Holder = Pick<Actor, 'kind' | 'userId' | 'familyId' | 'sessionId' | 'session' | 'issuedAt'>;

/** What of an actor must be kept where something lives on without the token. */
export function holderOf(actor: Actor): Holder {
  const { kind, userId, familyId, sessionId, issuedAt } = actor;
  const device = actor.session['x-hasura-device-id'];
  const session: SessionVariables = device === undefined ? {} : { 'x-hasura-device-id': device };
  return { kind, userId, familyId, sessionId, session, issuedAt };
}

/** What a revocation is filed under, so that a look-up is a few reads of a map. */
export const fileOf = ({ sessionId, userId, deviceId }: Revocation): string | undefined =>
  sessionId ?? userId ?? deviceId;

/** Under which ids something may be filed that concerns a holder. */
export const filesOf = (holder: Holder): string[] =>
  [holder.sessionId, holder.userId, deviceOf(holder)].filter(id => id !== null);

const deviceOf = (holder: Holder): string | null =>
  holder.session['x-hasura-device-id'] ?? (holder.kind === 'device' ? holder.userId : null);

/** Whether `revocation` ends what `holder` has. */
export function hits(revocation: Revocation, holder: Holder): boolean {
  const { kind, sessionId, userId, familyId, deviceId, at } = revocation;
  if (fileOf(revocation) === undefined) return false;
  if (deviceId !== undefined && deviceId !== deviceOf(holder)) return false;
  if (sessionId !== undefined && sessionId !== holder.sessionId) return false;
  if (userId !== undefined && userId !== holder.userId) return false;
  if (familyId !== undefined && familyId !== holder.familyId) return false;
  return kind === 'session' || (holder.issuedAt ?? 0) <= at;
}

const KINDS: readonly unknown[] = ['session', 'user', 'member', 'device'];

/** Reads a message of the channel; undefined when it is not one of ours. */
export function parseRevocation(message: string): Revocation | undefined {
  const value = parsed(message);
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, at, ...rest } = value as Partial<Record<keyof Revocation, unknown>>;
  const { sessionId, userId, familyId, deviceId } = rest;
  const ids = { sessionId, userId, familyId, deviceId };
  const fits = KINDS.includes(kind) && typeof at === 'number' && Object.values(ids).every(isOptionalText);
  return fits ? (withoutNulls({ kind, at, ...ids }) as unknown as Revocation) : undefined;
}

const isOptionalText = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';

const withoutNulls = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== null));

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
