/**
 * A reason not to start that a person can act on: one clear line, with what to do about it, and no stack.
 */
export class StartError extends Error {
  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem} ${remedy}`, options);
    this.name = 'StartError';
  }
}
