const HEADER = 5;

/** Takes one backend message: its code and its body without code and length. */
export type FrameSink = (code: number, body: Buffer, frame: Buffer) => void;

/**
 * Cuts the byte stream of the backend into messages. Bodies are views, not copies. A message that spans chunks is put
 * together once, when its last byte is there, so that large answers cost one copy and not one for each chunk.
 */
export class FrameCutter {
  private parts: Buffer[] = [];
  private held = 0;
  private needed = HEADER;

  constructor(private readonly sink: FrameSink) {}

  push(chunk: Buffer): void {
    if (this.held === 0) return this.cut(chunk);
    this.hold(chunk);
    if (this.held < this.needed) return;
    const whole = Buffer.concat(this.parts, this.held);
    this.parts = [];
    this.held = 0;
    this.cut(whole);
  }

  private cut(bytes: Buffer): void {
    let at = 0;
    while (at + HEADER <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      this.sink(bytes[at] ?? 0, bytes.subarray(at + HEADER, end), bytes.subarray(at, end));
      at = end;
    }
    if (at < bytes.length) this.keep(bytes.subarray(at));
  }

  private keep(rest: Buffer): void {
    this.needed = rest.length >= HEADER ? 1 + rest.readUInt32BE(1) : HEADER;
    this.hold(rest);
  }

  private hold(part: Buffer): void {
    this.parts.push(part);
    this.held += part.length;
  }
}
