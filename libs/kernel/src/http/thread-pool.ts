import { availableParallelism } from 'node:os';

/** How many threads Node's pool has when nobody says otherwise. */
const NODES_OWN = 4;

/**
 * Makes Node's thread pool so wide that long work may keep every core busy, with one task more at hand (see
 * `PasswordHasher`), and a thread is still left for what the rest of the service waits for: names, files, signatures. A
 * size that the operator gave stays. Counts only before the pool is first used, so it comes first at start.
 */
export function widenThreadPool(env: NodeJS.ProcessEnv = process.env, cores = availableParallelism()): void {
  env.UV_THREADPOOL_SIZE ??= String(Math.max(NODES_OWN, cores + 2));
}
