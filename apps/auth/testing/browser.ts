/** What came back, with its body read. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** Tokens as our own routes hand them out. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  user: { id: string; email: string };
  family: { id: string; name: string; role: string; state: string } | null;
}

/** A person in front of a client: remembers tokens and sends them along. */
export class Browser {
  tokens?: Tokens;

  constructor(
    readonly url: string,
    readonly headers: Record<string, string> = {},
  ) {}

  get userId(): string {
    return this.signedIn.user.id;
  }

  get familyId(): string {
    return this.signedIn.family?.id ?? '';
  }

  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.ask<T>('GET', path);
  }

  post<T = Record<string, unknown>>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return this.ask<T>('POST', path, body);
  }

  patch<T = Record<string, unknown>>(path: string, body: unknown): Promise<Answer<T>> {
    return this.ask<T>('PATCH', path, body);
  }

  delete<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.ask<T>('DELETE', path);
  }

  /** Sends a request that should give tokens, and keeps them. */
  async enter(path: string, body: unknown = {}): Promise<this> {
    const { status, body: tokens } = await this.post<Tokens>(path, body);
    if (status >= 300) throw new Error(`${path} answered ${status}: ${JSON.stringify(tokens)}`);
    this.tokens = tokens;
    return this;
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.tokens && { authorization: `Bearer ${this.tokens.accessToken}` }),
        ...this.headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (json && text ? JSON.parse(text) : text) as T,
    };
  }

  private get signedIn(): Tokens {
    if (!this.tokens) throw new Error('nobody is signed in');
    return this.tokens;
  }
}

let people = 0;

/** An address that nobody has had yet in this run. */
export const newEmail = (name = 'person'): string => `${name}.${process.pid}.${++people}@example.org`;

export const PASSWORD = 'a garden full of lemons 7';
