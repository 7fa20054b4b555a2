/** Something that a person has to know: what went wrong, and what they can do about it, one line each. */
export class StackFault extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'StackFault';
  }
}
