import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@nself/tenancy';
import type { TestFamily } from './two-families';

/** Runs statements somewhere; the answer is their rows. */
export type Ask = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** A way to give one request a context and let it ask: the door under test, or a leaky one that a test must catch. */
export type Way = (context: RequestContext, work: (ask: Ask) => Promise<void>) => Promise<void>;

/** What one request is to do, and how many rows of the wrong family (or of none) it was shown. */
export interface StormRequest {
  readonly family: TestFamily | null;
  readonly deed: Deed;
}

/** Ends the statement that carries `mark`, or its whole connection; gives up when the statement is over. */
export type Disturb = (how: 'cancel' | 'terminate', mark: string, over: () => boolean) => Promise<void>;

export const DEEDS = [
  'read',
  'write',
  'count',
  'slow',
  'error',
  'throw',
  'cancelled',
  'terminated',
  'savepoint',
] as const;
export type Deed = (typeof DEEDS)[number];

/** What the storm saw. `foreign` rows are the leak; `hollow` requests saw less than their own family. */
export interface Damage {
  foreign: number;
  hollow: number;
  failed: number;
  done: number;
}

const CONTEXT = `select app.family_id() as family_id, app.user_id() as user_id, app.role() as role`;

/** Deterministic numbers from 0 to 1 (mulberry32), so that a storm that finds something can be run again. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` requests of all families and of nobody. */
export function stormOf(
  families: readonly TestFamily[],
  count: number,
  roll: () => number,
  deeds: readonly Deed[] = DEEDS,
): StormRequest[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  return Array.from({ length: count }, () => ({
    family: roll() < 0.1 ? null : pick(families),
    deed: pick(deeds),
  }));
}

export const contextFor = (family: TestFamily | null): RequestContext => ({
  familyId: family?.id ?? null,
  userId: family?.people.OWNER ?? null,
  role: family ? 'owner' : 'anonymous',
  traceId: 'storm',
  session: family
    ? { 'x-hasura-family-id': family.id, 'x-hasura-role': 'owner' }
    : { 'x-hasura-role': 'anonymous' },
});

/** One request: looks who it is, does its deed, looks again. */
export async function weather(
  { family, deed }: StormRequest,
  way: Way,
  disturb: Disturb,
  damage: Damage,
): Promise<void> {
  try {
    await way(contextFor(family), async ask => {
      await look(ask, family, damage);
      await perform(deed, ask, family, disturb);
      await look(ask, family, damage);
    });
    damage.done += 1;
  } catch {
    damage.failed += 1;
  }
}

async function look(ask: Ask, family: TestFamily | null, damage: Damage): Promise<void> {
  const [who] = await ask(CONTEXT);
  const posts = await ask('select family_id from posts');
  const foreign = [who, ...posts].filter(row => (row?.family_id ?? null) !== (family?.id ?? null));
  damage.foreign += foreign.length;
  if (posts.length < (family?.posts.length ?? 0)) damage.hollow += 1;
}

async function perform(deed: Deed, ask: Ask, family: TestFamily | null, disturb: Disturb): Promise<void> {
  switch (deed) {
    case 'read':
    case 'count':
      await ask('select count(*) from posts p join families f on f.id = p.family_id');
      return;
    case 'write':
      if (family)
        await ask(`insert into posts (family_id, author_id, body) values ($1, $2, 'storm')`, [
          family.id,
          family.people.OWNER,
        ]);
      return;
    case 'slow':
      await ask('select pg_sleep(0.005)');
      return;
    case 'error':
      await ask('select 1 / 0');
      return;
    case 'throw':
      throw new Error('the work fails on its own');
    case 'savepoint':
      await ask('savepoint here');
      await ask('select 1 / 0').catch(() => ask('rollback to savepoint here'));
      return;
    case 'cancelled':
    case 'terminated': {
      const mark = `mark ${randomUUID()}`;
      let over = false;
      const sleeping = ask(`select pg_sleep(600) /* ${mark} */`).finally(() => (over = true));
      const disturbing = disturb(deed === 'cancelled' ? 'cancel' : 'terminate', mark, () => over);
      await Promise.all([sleeping, disturbing]);
    }
  }
}
