import { valueFromASTUntyped, type OperationDefinitionNode } from 'graphql';
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Session, StatementCall } from '../executor';

/** Where cached answers are kept. An answer that cannot be kept or found is simply asked for again. */
export interface AnswerStore {
  get(key: string): Promise<{ readonly body: Buffer; readonly secondsLeft: number } | undefined>;
  set(key: string, body: Buffer, seconds: number): Promise<void>;
}

/** What `@cached(ttl: 60, refresh: false)` on a query asks for. */
export interface CacheWish {
  readonly seconds: number;
  /** Ask anew, and keep the new answer. */
  readonly refresh: boolean;
}

const DEFAULT_SECONDS = 60;
const LONGEST_SECONDS = 3600;

export function cacheWishOf(
  { operation, directives, variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): CacheWish | undefined {
  const directive = directives?.find(({ name }) => name.value === 'cached');
  if (!directive || operation !== 'query') return undefined;
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  const known: Record<string, unknown> = { ...Object.fromEntries(defaults), ...variables };
  const entries = (directive.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value, known),
  ]);
  const { ttl, refresh }: Record<string, unknown> = Object.fromEntries(entries);
  const seconds = typeof ttl === 'number' && ttl >= 0 ? ttl : DEFAULT_SECONDS;
  return { seconds: Math.min(Math.floor(seconds), LONGEST_SECONDS), refresh: refresh === true };
}

/**
 * Everything that an answer depends on: the state of the model, the words around the data, every statement with its
 * values, and all session variables, because row level security may read any of them.
 */
export function cacheKeyOf(
  version: string,
  frame: readonly Buffer[],
  session: Session,
  calls: readonly StatementCall[],
): string {
  const variables = Object.entries(session.variables).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = calls.map(({ name, values }) => [name, values]);
  const text = JSON.stringify([version, frame.map(String), session.role, session.backend, variables, words]);
  return createHash('sha256').update(text).digest('hex');
}

const KEPT_BYTES = 64 * 1024 * 1024;

/** Keeps answers in this process; for a single instance without Redis. */
export class LocalAnswerStore implements AnswerStore {
  private readonly kept = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: body => body.length + 1,
  });

  get(key: string): Promise<{ body: Buffer; secondsLeft: number } | undefined> {
    const body = this.kept.get(key);
    const left = Math.ceil(this.kept.getRemainingTTL(key) / 1000);
    return Promise.resolve(body && { body, secondsLeft: left });
  }

  set(key: string, body: Buffer, seconds: number): Promise<void> {
    this.kept.set(key, body, { ttl: seconds * 1000 });
    return Promise.resolve();
  }
}
