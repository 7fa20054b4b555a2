import type { Metadata } from '@nself/hasura-metadata';
import { Engine, type Prepared } from '../../../libs/graphql-engine/src/engine';
import {
  EngineError,
  sessionOf,
  type QueryRunner,
  type Session,
} from '../../../libs/graphql-engine/src/executor';
import type { Model } from '../../../libs/graphql-engine/src/model';
import type { Attempt } from './attempts';
import { THEIRS } from './markers';
import { belongings, type Household, type Neighbourhood, type Pair } from './neighbours';
import { openReader, Undoing, type Staging } from './runners';

/** An attempt that was not refused, and how that showed. */
export interface Breach {
  readonly role: string;
  readonly kind: string;
  readonly root: string;
  readonly how: string;
  readonly text: string;
}

/** What came of one attempt. */
export interface Verdict {
  readonly breach?: Breach;
  /** Whether its owner, or somebody else of the neighbours, can do it. */
  readonly able: boolean;
}

interface Reply {
  readonly text: string;
  readonly failed: boolean;
  /** Tables of theirs that it changed. */
  readonly changed: readonly string[];
}

type Place = 'together' | 'alone';

interface Grounds {
  readonly readers: Readonly<Record<Place, Awaited<ReturnType<typeof openReader>>>>;
  readonly undoing: Readonly<Record<Place, Undoing>>;
}

/**
 * Judges attempts by what they tell. One that is answered alike, byte for byte, with and without the neighbours, and
 * that changes nothing of theirs, has told nothing. Whether it could have told something is seen by the neighbours'
 * doing the same: their answer has to differ.
 */
export class Trial {
  private readonly able = new Map<string, Promise<Staging | undefined>>();

  private constructor(
    private readonly planner: Engine,
    private readonly grounds: readonly Grounds[],
    private readonly us: Household,
    private readonly them: Household,
    private readonly refusalSuffices: boolean,
  ) {}

  /**
   * Opens both databases, for one change at a time: two of them would wait for each other's rows. Where a refusal
   * suffices, its words may differ: to hide even those is another wall's work.
   */
  static async open(
    { us, them, tables }: Pick<Neighbourhood, 'us' | 'them' | 'tables'>,
    { together, alone }: Pair,
    served: { readonly model: Model; readonly metadata: Metadata },
    { lanes = 1, refusalSuffices = false } = {},
  ): Promise<Trial> {
    const readers = { together: await openReader(together), alone: await openReader(alone) };
    const ground = async (): Promise<Grounds> => ({
      readers,
      undoing: {
        together: await Undoing.open(together, belongings(tables, them)),
        alone: await Undoing.open(alone, belongings(tables, them)),
      },
    });
    const planner = new Engine({ runner: readers.together, allowListOn: false });
    planner.serve(served);
    const grounds = await Promise.all(Array.from({ length: lanes }, ground));
    return new Trial(planner, grounds, us, them, refusalSuffices);
  }

  async end(): Promise<void> {
    const [first] = this.grounds;
    await Promise.all(this.grounds.flatMap(({ undoing }) => [undoing.together.end(), undoing.alone.end()]));
    await first?.readers.together.end();
    await first?.readers.alone.end();
  }

  /** How many attempts go on at a time. */
  get lanes(): number {
    return this.grounds.length;
  }

  async judge(attempt: Attempt, lane: number): Promise<Verdict> {
    const ground = this.grounds[lane % this.grounds.length]!;
    const control = await this.controlOf(attempt, ground);
    const staging = control ?? { room: attempt.room ?? [] };
    const how = await this.breachOf(attempt, staging, ground);
    const { role, kind, root, text } = attempt;
    return { able: control !== undefined, ...(how && { breach: { role, kind, root, how, text } }) };
  }

  private async breachOf(attempt: Attempt, staging: Staging, ground: Grounds): Promise<string | undefined> {
    const prepared = this.tryPrepare(attempt);
    if (!prepared) return 'is no request of this role';
    const ask = (place: Place) =>
      this.ask(prepared, sessionFor(this.us, attempt.role), place, staging, ground);
    const [together, alone] = await Promise.all([ask('together'), ask('alone')]);
    if (together.changed.length > 0) return `changed ${together.changed.join(', ')}`;
    if (attempt.operation !== 'mutation' && together.text.includes(THEIRS) && !attempt.text.includes(THEIRS))
      return `showed ${together.text.slice(0, 400)}`;
    if (together.text === alone.text || attempt.claims) return undefined;
    if (together.failed && this.refusalSuffices) return undefined;
    return `was answered ${together.text.slice(0, 300)} with the neighbours and ${alone.text.slice(0, 300)} without`;
  }

  /** Shows once for each text that it is well made, and in which state of the vaults it works. */
  private controlOf(attempt: Attempt, ground: Grounds): Promise<Staging | undefined> {
    const { text, by } = { text: attempt.text, ...attempt.control };
    const key = `${by} ${attempt.operation === 'subscription' ? attempt.role : ''} ${text}`;
    const known = this.able.get(key) ?? this.show(attempt, text, ground);
    this.able.set(key, known);
    return known;
  }

  private async show(attempt: Attempt, text: string, ground: Grounds): Promise<Staging | undefined> {
    const by = attempt.control.by;
    const stagings = (attempt.operation === 'mutation' ? [undefined, 'sealed'] : [undefined]).map(vaults => ({
      room: attempt.room ?? [],
      ...(vaults && { vaults }),
    }));
    for (const role of new Set([attempt.role, 'owner', 'adult', 'device'])) {
      for (const staging of stagings) {
        const request = { ...attempt, text, role };
        const works =
          by === 'us'
            ? this.worksForUs(request, staging, ground)
            : this.worksForThem(request, staging, ground);
        if (await works) return staging;
      }
    }
    return undefined;
  }

  /** We can do it with our own. */
  private async worksForUs(attempt: Attempt, staging: Staging, ground: Grounds): Promise<boolean> {
    const prepared = this.tryPrepare(attempt);
    if (!prepared) return false;
    const { failed, text } = await this.ask(
      prepared,
      sessionFor(this.us, attempt.role),
      'together',
      staging,
      ground,
    );
    return !failed && reached(text);
  }

  /** It tells them something, or does something. */
  private async worksForThem(attempt: Attempt, staging: Staging, ground: Grounds): Promise<boolean> {
    const prepared = this.tryPrepare(attempt);
    if (!prepared) return false;
    const session = sessionFor(this.them, attempt.role);
    const together = await this.ask(prepared, session, 'together', staging, ground);
    if (together.failed) return false;
    if (attempt.operation === 'mutation') return reached(together.text);
    const ours = await this.ask(prepared, sessionFor(this.us, attempt.role), 'together', staging, ground);
    if (together.text !== ours.text) return true;
    return together.text !== (await this.ask(prepared, session, 'alone', staging, ground)).text;
  }

  private tryPrepare(attempt: Attempt): Prepared | undefined {
    try {
      return this.prepare(attempt, attempt.role);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  private prepare({ text, operation }: Attempt, role: string): Prepared {
    return this.planner.prepare({ query: text }, sessionFor(this.us, role), 'graphql', [operation]);
  }

  private async ask(
    prepared: Prepared,
    session: Session,
    place: Place,
    staging: Staging,
    { readers, undoing }: Grounds,
  ): Promise<Reply> {
    let changed: string[] = [];
    const writer: QueryRunner = {
      ...readers[place],
      run: async group => {
        const { outcome, before, after } = await undoing[place].try(group, staging);
        if (before !== after) changed = differences(before, after);
        return outcome;
      },
    };
    const runner = prepared.plan.operation === 'mutation' ? writer : readers[place];
    try {
      const { body } = await new Engine({ runner, allowListOn: false }).run({ ...prepared, session });
      return { text: Buffer.concat([...body]).toString(), failed: false, changed };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { text: `${error.code}: ${error.message}`, failed: true, changed };
    }
  }
}

/** Somebody of the family in that role; nobody when anonymous. */
export function sessionFor(family: Household, role: string): Session {
  if (role === 'anonymous') return sessionOf(role, {});
  const device = role === 'device' ? family.seen.get('public.devices')?.[0]?.['id'] : undefined;
  return sessionOf(role, {
    'x-hasura-user-id': typeof device === 'string' ? device : family.me,
    'x-hasura-family-id': family.id,
    ...(typeof device === 'string' && { 'x-hasura-device-id': device }),
  });
}

/** Whether a change met a row. */
const reached = (text: string): boolean =>
  /"affected_rows":[1-9]|^\{"data":\{"\w+":\{"__typename"/.test(text.replace(/\s*:\s*/g, ':'));

function differences(before: string, after: string): string[] {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter(line => !known.has(line))
    .map(line => line.split(' ')[0] ?? '');
}
