import { ProblemError } from '@nself/kernel';

/** What a message in the outbox is about; each has one {@link Carrier}. */
export type Topic = 'mail' | 'sms' | 'reset-request' | 'verification-request' | 'passwordless-request';

/** A message that has been claimed, opened again. */
export interface Message {
  id: string;
  topic: Topic;
  /** What was put in, as JSON gives it back. */
  content: unknown;
  /** Counts from 1. */
  attempt: number;
}

/** Whatever carries messages of a topic to where they belong. It may be given the same message twice, after a crash. */
export type Carrier = (message: Message) => Promise<void>;

/** Thrown by a carrier when another try would fail alike. */
export class Undeliverable extends Error {}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 900_000;

/**
 * When to try again, in milliseconds: four times longer after each failure, a quarter of an hour at most, with a fifth
 * of chance so that what failed together does not come back together. Nothing when it would be of no use.
 */
export function retryIn(error: unknown, attempt: number, attempts: number): number | undefined {
  const refused = error instanceof ProblemError && error.status < 500;
  if (refused || error instanceof Undeliverable || attempt >= attempts) return undefined;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** (attempt - 1));
  return pause * (0.9 + 0.2 * Math.random());
}
