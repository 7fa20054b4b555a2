import type { MessageWriter } from './wire';

/** The unnamed statement lasts until the next Parse only, so it is never held. */
const UNNAMED = '';

/** How much one connection may hold; see {@link PreparedNames}. */
export interface PreparedLimits {
  readonly statements: number;
  /** Characters of all their texts together. A plan of many tables under policies costs some 0.7 MiB for each 1,000. */
  readonly characters: number;
}

/**
 * Which prepared statements one connection holds, by name, and how long their texts are. Every kept plan costs memory
 * in the backend, so the least recently used ones are closed when there is too much. A name counts as held from the
 * moment its Parse is written, because everything written later arrives later; if that Parse turns out to have failed,
 * the name is given up again.
 */
export class PreparedNames {
  private readonly held = new Map<string, number>();
  private characters = 0;

  constructor(private readonly limits: PreparedLimits) {}

  /** Writes Parse (and Close for the one that makes room) unless the statement is there; says whether it wrote a Parse. */
  ensure(name: string, text: string, writer: MessageWriter): boolean {
    const known = this.drop(name);
    if (!known) writer.parse(name, text);
    if (name !== UNNAMED) this.hold(name, text.length);
    return !known;
  }

  /** Names to close before the next group starts; Close must not stand behind anything that may fail. */
  makeRoom(writer: MessageWriter): void {
    for (const name of this.held.keys()) {
      if (this.held.size <= this.limits.statements && this.characters <= this.limits.characters) return;
      this.drop(name);
      writer.forget(name);
    }
  }

  giveUp(names: Iterable<string>): void {
    for (const name of names) this.drop(name);
  }

  clear(): void {
    this.held.clear();
    this.characters = 0;
  }

  private hold(name: string, characters: number): void {
    this.held.set(name, characters);
    this.characters += characters;
  }

  private drop(name: string): boolean {
    this.characters -= this.held.get(name) ?? 0;
    return this.held.delete(name);
  }
}
