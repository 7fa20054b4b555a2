import { Global, Injectable, Module } from '@nestjs/common';

/** The time, as something that a test can set. */
@Injectable()
export class Clock {
  /** Now, in UTC. */
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved: for tests. */
export class FixedClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  /** Moves by milliseconds, forward or back. */
  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

/** Offers the clock everywhere. */
@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class ClockModule {}
