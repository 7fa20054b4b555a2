import { request, type ClientRequest } from 'node:http';

const BOUNDARY = 'half-way';

/** An upload whose second half waits until it is told to go on. */
export class SlowUpload {
  /** The status of the answer. */
  readonly status: Promise<number>;
  private readonly sending: ClientRequest;

  private constructor(
    address: string,
    token: string,
    private readonly rest: Buffer,
  ) {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    };
    this.sending = request(address, { method: 'POST', headers });
    this.status = new Promise((resolve, reject) => {
      this.sending.on('error', reject);
      this.sending.on('response', response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
    });
    // Whoever asks for the status hears of the failure; nobody else needs to.
    this.status.catch(() => undefined);
  }

  /** Sends the head and half of the bytes. */
  static async begin(address: string, token: string, bytes: Buffer): Promise<SlowUpload> {
    const half = Math.floor(bytes.length / 2);
    const upload = new SlowUpload(address, token, bytes.subarray(half));
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
    await upload.write(Buffer.concat([Buffer.from(head), bytes.subarray(0, half)]));
    return upload;
  }

  async finish(): Promise<number> {
    await this.write(Buffer.concat([this.rest, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]));
    this.sending.end();
    return this.status;
  }

  private write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) =>
      this.sending.write(bytes, error => (error ? reject(error) : resolve())),
    );
  }
}
