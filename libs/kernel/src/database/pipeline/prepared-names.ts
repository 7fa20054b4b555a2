import type { MessageWriter } from './wire';

/** The unnamed statement lasts until the next Parse only, so it is never held. */
const UNNAMED = '';

/**
 * Which prepared statements one connection holds. Every kept plan costs memory in the backend, so the least recently
 * used one is closed when there are too many. A name counts as held from the moment its Parse is written, because
 * everything written later arrives later; if that Parse turns out to have failed, the name is given up again.
 */
export class PreparedNames {
  private readonly held = new Set<string>();

  constructor(private readonly limit: number) {}

  /** Writes Parse (and Close for the one that makes room) unless the statement is there; says whether it wrote a Parse. */
  ensure(name: string, text: string, writer: MessageWriter): boolean {
    const known = this.held.delete(name);
    if (!known) writer.parse(name, text);
    if (name !== UNNAMED) this.held.add(name);
    return !known;
  }

  /** Names to close before the next group starts; Close must not stand behind anything that may fail. */
  makeRoom(writer: MessageWriter): void {
    for (const name of this.held) {
      if (this.held.size <= this.limit) return;
      this.held.delete(name);
      writer.forget(name);
    }
  }

  giveUp(names: Iterable<string>): void {
    for (const name of names) this.held.delete(name);
  }

  clear(): void {
    this.held.clear();
  }
}
