/**
 * Frontend messages of the extended protocol (PostgreSQL manual, "Message Formats"), written into one growing buffer
 * so that a whole group leaves in a single write.
 */
export class MessageWriter {
  private buffer: Buffer;
  private at = 0;

  constructor(size = 1024) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  /** Name a text; parameter types are left to Postgres, which takes them from the casts. */
  parse(name: string, text: string): this {
    if (text.includes('\0')) throw new RangeError('A statement holds a zero byte.');
    const start = this.open(0x50);
    this.cstring(name).cstring(text).int16(0);
    return this.close(start);
  }

  /** Bind the unnamed portal: parameters and results in text format. */
  bind(name: string, values: readonly (string | null)[]): this {
    const start = this.open(0x42);
    this.cstring('').cstring(name).int16(0).int16(values.length);
    for (const value of values) this.value(value);
    this.int16(0);
    return this.close(start);
  }

  /** Execute the unnamed portal to its end. */
  execute(): this {
    const start = this.open(0x45);
    this.cstring('').int32(0);
    return this.close(start);
  }

  forget(name: string): this {
    const start = this.open(0x43);
    this.byte(0x53).cstring(name);
    return this.close(start);
  }

  sync(): this {
    return this.close(this.open(0x53));
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  private open(code: number): number {
    this.byte(code);
    this.reserve(4);
    this.at += 4;
    return this.at - 4;
  }

  private close(start: number): this {
    this.buffer.writeInt32BE(this.at - start, start);
    return this;
  }

  private value(value: string | null): void {
    if (value === null) return void this.int32(-1);
    const size = Buffer.byteLength(value);
    this.int32(size).reserve(size);
    this.at += this.buffer.write(value, this.at, size, 'utf8');
  }

  private cstring(text: string): this {
    const size = Buffer.byteLength(text);
    this.reserve(size + 1);
    this.at += this.buffer.write(text, this.at, size, 'utf8');
    this.buffer[this.at++] = 0;
    return this;
  }

  private byte(value: number): this {
    this.reserve(1);
    this.buffer[this.at++] = value;
    return this;
  }

  private int16(value: number): this {
    this.reserve(2);
    this.at = this.buffer.writeUInt16BE(value, this.at);
    return this;
  }

  private int32(value: number): this {
    this.reserve(4);
    this.at = this.buffer.writeInt32BE(value, this.at);
    return this;
  }

  private reserve(size: number): void {
    if (this.at + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + size));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}
