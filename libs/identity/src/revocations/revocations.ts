import { Injectable } from '@nestjs/common';
import { Clock, RevocationsStale, Unauthenticated } from '@nself/kernel';
import { fileOf, filesOf, hits, type Holder, type Revocation } from './revocation';

type Listener = (revocation: Revocation) => void;

/** Longer than any access token lives: what is older cannot matter any more. */
const KEPT = 86_400_000;

/**
 * What this service knows about ended sessions, in memory, so that no request costs a look-up.
 *
 * A feed keeps it up to date and says so with {@link confirm}. When the last confirmation is older than `maxAge` (in
 * milliseconds) every token is refused: a service that is cut off must not serve people who were thrown out.
 */
@Injectable()
export class Revocations {
  private readonly files = new Map<string, Revocation[]>();
  private readonly listeners = new Set<Listener>();
  private confirmedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly maxAge: number,
  ) {}

  /**
   * @throws Unauthenticated when what `holder` has was revoked, RevocationsStale when that cannot be told.
   */
  assertLive(holder: Holder): void {
    if (this.isRevoked(holder)) throw new Unauthenticated();
    if (this.clock.now().getTime() - this.confirmedAt > this.maxAge) throw new RevocationsStale();
  }

  /** Whether what `holder` has was revoked, as far as is known here. */
  isRevoked(holder: Holder): boolean {
    return filesOf(holder).some(name => this.files.get(name)?.some(each => hits(each, holder)));
  }

  /** Takes a revocation in and tells the listeners, once. */
  add(revocation: Revocation): void {
    const name = fileOf(revocation);
    if (name === undefined) return;
    const file = this.files.get(name) ?? [];
    if (file.some(each => isSame(each, revocation))) return;
    this.files.set(name, [...file, revocation]);
    for (const listener of this.listeners) listener(revocation);
  }

  /** Says that everything that was revoked before `instant` (milliseconds) is known here. */
  confirm(instant: number): void {
    this.confirmedAt = Math.max(this.confirmedAt, instant);
    this.forget(instant - KEPT);
  }

  /** Calls `listener` for every new revocation, so that open sockets close; the answer ends it. */
  onRevoked(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private forget(before: number): void {
    for (const [name, file] of this.files) {
      const kept = file.filter(each => each.at >= before);
      if (kept.length === 0) this.files.delete(name);
      else if (kept.length < file.length) this.files.set(name, kept);
    }
  }
}

const MEMBERS = ['kind', 'sessionId', 'userId', 'familyId', 'deviceId', 'at'] as const;

const isSame = (a: Revocation, b: Revocation): boolean => MEMBERS.every(member => a[member] === b[member]);
