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
import type { Household, Neighbourhood, Pair, World } from './neighbours';
import { openReader, Undoing, type Staging } from './runners';

/** An attempt that was not refused, and how that showed. */
export interface Breach extends Pick<Attempt, 'role' | 'kind' | 'table' | 'root' | 'text'> {
  readonly how: string;
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
  /** Tables of theirs that it met. */
  readonly touched: readonly string[];
}

/** An attempt or its control, as it is made by somebody. */
type Deed = Pick<Attempt, 'role' | 'operation' | 'text'>;
type Who = 'us' | 'them';

/** A database with what runs in it. */
interface Ground {
  readonly reader: Awaited<ReturnType<typeof openReader>>;
  readonly undoing: Undoing;
}

/** Controls that are remembered; attempts with the same control follow each other closely. */
const REMEMBERED = 5_000;

/**
 * Judges attempts by what they tell. One that is answered alike, byte for byte, with and without the neighbours, and
 * that meets nothing of theirs, has told nothing. Whether it could have told something is seen by the neighbours'
 * doing the same: their answer has to differ.
 */
export class Trial {
  private readonly able = new Map<string, Promise<Staging | undefined>>();

  private constructor(
    private readonly planner: Engine,
    private readonly together: Ground,
    private readonly alone: Ground,
    private readonly people: Readonly<Record<Who, Household>>,
    private readonly refusalSuffices: boolean,
  ) {}

  /**
   * Opens both databases. Where a refusal suffices, its words may differ: to hide even those is another wall's work.
   */
  static async open(
    { us, them }: Pick<Neighbourhood, 'us' | 'them'>,
    pair: Pair,
    served: { readonly model: Model; readonly metadata: Metadata },
    { refusalSuffices = false } = {},
  ): Promise<Trial> {
    const [together, alone] = [await groundOf(pair.together), await groundOf(pair.alone)];
    const planner = new Engine({ runner: together.reader, allowListOn: false });
    planner.serve(served);
    return new Trial(planner, together, alone, { us, them }, refusalSuffices);
  }

  async end(): Promise<void> {
    const ends = [this.together, this.alone].flatMap(({ reader, undoing }) => [reader.end(), undoing.end()]);
    await Promise.all(ends);
  }

  async judge(attempt: Attempt): Promise<Verdict> {
    const staging = await this.controlOf(attempt);
    const how = await this.breachOf(attempt, staging ?? { room: attempt.room ?? [] });
    return { able: staging !== undefined, ...(how !== undefined && { breach: { ...attempt, how } }) };
  }

  private async breachOf(attempt: Attempt, staging: Staging): Promise<string | undefined> {
    const [together, alone] = await Promise.all([
      this.ask(attempt, 'us', this.together, staging),
      this.ask(attempt, 'us', this.alone, staging),
    ]);
    if (!together || !alone) return 'is no request of this role';
    if (together.touched.length > 0) return `met ${together.touched.join(', ')}`;
    if (attempt.operation !== 'mutation' && together.text.includes(THEIRS) && !attempt.text.includes(THEIRS))
      return `showed ${together.text.slice(0, 400)}`;
    if (together.text === alone.text || attempt.claims) return undefined;
    if (together.failed && this.refusalSuffices) return undefined;
    return `was answered ${together.text.slice(0, 300)} with the neighbours and ${alone.text.slice(0, 300)} without`;
  }

  /** Shows once for each text that it is well made, and in which state of the vaults it works. */
  private controlOf(attempt: Attempt): Promise<Staging | undefined> {
    const { text, by } = { text: attempt.text, ...attempt.control };
    const key = `${by} ${text}`;
    const known = this.able.get(key) ?? this.show(attempt, text, by);
    if (this.able.size > REMEMBERED) this.able.clear();
    this.able.set(key, known);
    return known;
  }

  private async show(attempt: Attempt, text: string, by: Who): Promise<Staging | undefined> {
    const vaults = attempt.operation === 'mutation' ? [undefined, 'sealed'] : [undefined];
    for (const role of new Set([attempt.role, 'owner', 'adult', 'device'])) {
      for (const state of vaults) {
        const staging = { room: attempt.room ?? [], ...(state && { vaults: state }) };
        if (await this.works({ ...attempt, text, role }, by, staging)) return staging;
      }
    }
    return undefined;
  }

  /** It tells its owners something that we are not told; or, as a change, it does something. */
  private async works(deed: Deed, by: Who, staging: Staging): Promise<boolean> {
    const { together, alone } = this;
    const ask = (who: Who, ground: Ground) => this.ask(deed, who, ground, staging);
    if (deed.operation === 'mutation' || by === 'us') return reached(await ask(by, together));
    const [theirs, ours] = await Promise.all([ask('them', together), ask('us', together)]);
    if (!theirs || theirs.failed) return false;
    return theirs.text !== ours?.text || theirs.text !== (await ask('them', alone))?.text;
  }

  /** What the database answers; undefined where the role has no words for it. */
  private async ask(deed: Deed, who: Who, ground: Ground, staging: Staging): Promise<Reply | undefined> {
    const session = sessionFor(this.people[who], deed.role);
    const prepared = this.prepare(deed, session);
    if (!prepared) return undefined;
    let touched: readonly string[] = [];
    const undoing: QueryRunner = {
      ...ground.reader,
      run: async group => {
        const undone = await ground.undoing.try({ group, staging });
        touched = undone.touched;
        return undone.outcome;
      },
    };
    const runner = deed.operation === 'mutation' ? undoing : ground.reader;
    try {
      const { body } = await new Engine({ runner, allowListOn: false }).run(prepared);
      return { text: Buffer.concat([...body]).toString(), failed: false, touched };
    } catch (error) {
      if (!(error instanceof EngineError) || unanswered.has(error.message)) throw error;
      return { text: `${error.code}: ${error.message}`, failed: true, touched };
    }
  }

  private prepare({ text, operation }: Deed, session: Session): Prepared | undefined {
    try {
      return this.planner.prepare({ query: text }, session, 'graphql', [operation]);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }
}

const groundOf = async (world: World): Promise<Ground> => ({
  reader: await openReader(world),
  undoing: new Undoing(world),
});

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

/** Nobody can tell what the answer would have been. */
const unanswered = new Set(['connection error', 'operation time limit exceeded']);

/** Whether a change met a row. */
const reached = (reply: Reply | undefined): boolean =>
  reply !== undefined &&
  !reply.failed &&
  /"affected_rows":[1-9]|^\{"data":\{"\w+":\{"__typename"/.test(reply.text.replace(/\s*:\s*/g, ':'));
