const HEADER = 5;
const NOTHING = Buffer.alloc(0);

/**
 * Takes one backend message: its code and its body without code and length. The body of a `lasting` one is memory of
 * its own; any other is a view of what was read, and whoever keeps it copies it.
 */
export type FrameSink = (code: number, body: Buffer, frame: Buffer, lasting: boolean) => void;

/**
 * Cuts the byte stream of the backend into messages. A message that spans reads is put together in memory of its own,
 * so that large answers cost one copy; the others are views.
 */
export class FrameCutter {
  /** The message that has begun and not ended: its header at first, then all of it. */
  private part = NOTHING;
  private held = 0;

  constructor(private readonly sink: FrameSink) {}

  push(chunk: Buffer): void {
    let at = 0;
    while (this.part.length > 0 && at < chunk.length) at += this.fill(chunk, at);
    at = this.cut(chunk, at);
    if (at < chunk.length) this.begin(chunk.subarray(at));
  }

  /** Adds what is missing of the message that has begun, and says how much that was. */
  private fill(chunk: Buffer, at: number): number {
    const added = chunk.copy(this.part, this.held, at);
    this.held += added;
    if (this.held === this.part.length) this.end();
    return added;
  }

  private end(): void {
    const { part } = this;
    if (sizeOf(part, 0) > part.length) return this.begin(part);
    this.part = NOTHING;
    this.sink(part[0] ?? 0, part.subarray(HEADER), part, true);
  }

  private begin(bytes: Buffer): void {
    this.part = Buffer.allocUnsafe(bytes.length < HEADER ? HEADER : sizeOf(bytes, 0));
    this.held = bytes.copy(this.part);
  }

  /** Hands out the whole messages from `at` on, and says where the first that is not whole begins. */
  private cut(bytes: Buffer, at: number): number {
    while (at + HEADER <= bytes.length) {
      const end = at + sizeOf(bytes, at);
      if (end > bytes.length) break;
      this.sink(bytes[at] ?? 0, bytes.subarray(at + HEADER, end), bytes.subarray(at, end), false);
      at = end;
    }
    return at;
  }
}

const sizeOf = (bytes: Buffer, at: number): number => 1 + bytes.readUInt32BE(at + 1);
