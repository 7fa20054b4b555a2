import { randomUUID } from 'node:crypto';

/** An answer as it came over the wire. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Call {
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Services that answer somewhere: a test stack, or an installation. */
export interface Services {
  url(service: string, path?: string): string;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
  readonly family: { readonly id: string; readonly role: string } | null;
}

/** Sends a request to a service of the stack and reads the answer, JSON where it is JSON. */
export async function send<T = unknown>(
  address: string,
  { method, json, form, headers }: Call = {},
): Promise<Answer<T>> {
  const body = json === undefined ? form : JSON.stringify(json);
  const response = await fetch(address, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body,
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text ? JSON.parse(text) : text) as T,
  };
}

/** Somebody with an account, who speaks for one family at a time. Everything goes through public HTTP. */
export class Person {
  private constructor(
    private readonly stack: Services,
    readonly email: string,
    readonly password: string,
    private tokens: Tokens,
  ) {}

  /** Registers; without an invitation the newcomer owns a family of one. */
  static async register(stack: Services, name: string, invitation?: string): Promise<Person> {
    const email = `${name.toLowerCase()}-${randomUUID()}@example.org`;
    const password = `${name} keeps ${randomUUID()}`;
    const wish = { email, password, displayName: name, ...(invitation ? { invitation } : {}) };
    const { body } = expectStatus(
      await send<Tokens>(stack.url('auth', '/v1/auth/register'), { json: wish }),
      200,
      201,
    );
    return new Person(stack, email, password, body);
  }

  get id(): string {
    return this.tokens.user.id;
  }

  get familyId(): string {
    if (!this.tokens.family) throw new Error(`${this.email} speaks for no family`);
    return this.tokens.family.id;
  }

  get token(): string {
    return this.tokens.accessToken;
  }

  get refreshToken(): string {
    return this.tokens.refreshToken;
  }

  call<T = unknown>(service: string, path: string, call: Call = {}): Promise<Answer<T>> {
    const headers = { authorization: `Bearer ${this.token}`, ...call.headers };
    return send<T>(this.stack.url(service, path), { ...call, headers });
  }

  /** Invites by link; answers the token. */
  async invite(role = 'ADULT_MEMBER'): Promise<string> {
    const answer = await this.call<{ token: string }>('auth', `/v1/families/${this.familyId}/invitations`, {
      json: { role },
    });
    return expectStatus(answer, 200, 201).body.token;
  }

  /** Accepts an invitation and speaks for that family from now on. */
  async accept(token: string): Promise<void> {
    const answer = await this.call<{ familyId?: string; family?: { id: string } }>(
      'auth',
      '/v1/invitations/accept',
      { json: { token } },
    );
    const { familyId, family } = expectStatus(answer, 200, 201).body;
    await this.switchTo((familyId ?? family?.id)!);
  }

  /** A new session with the password, for the family that this person spoke for. */
  async signInAgain(): Promise<void> {
    const { familyId, email, password } = this;
    const answer = await send<Tokens>(this.stack.url('auth', '/v1/auth/login'), {
      json: { email, password },
    });
    this.tokens = expectStatus(answer, 200).body;
    if (this.familyId !== familyId) await this.switchTo(familyId);
  }

  async switchTo(familyId: string): Promise<void> {
    const answer = await this.call<Tokens>('auth', `/v1/families/${familyId}/switch`, { method: 'POST' });
    this.tokens = expectStatus(answer, 200, 201).body;
  }

  /** Registers somebody straight into this person's family. */
  async bring(name: string, role = 'ADULT_MEMBER'): Promise<Person> {
    return Person.register(this.stack, name, await this.invite(role));
  }

  async upload<T = { id: string; sha256: string }>(
    bytes: Uint8Array,
    type: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), 'file');
    return this.call<T>('api', '/v1/storage/upload', { form });
  }

  /** Asks the GraphQL API. @throws when the answer has errors */
  async graphql<T = Record<string, unknown>>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    role?: string,
  ): Promise<T> {
    const { body } = await this.tryGraphql<T>(query, variables, role);
    if (!body.data || body.errors) throw new Error(`GraphQL: ${JSON.stringify(body.errors)}`);
    return body.data;
  }

  tryGraphql<T = Record<string, unknown>>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    role?: string,
  ): Promise<Answer<{ data?: T; errors?: { message: string }[] }>> {
    const headers: Record<string, string> = role ? { 'x-hasura-role': role } : {};
    return this.call('graphql', '/v1/graphql', { json: { query, variables }, headers });
  }
}

/** The answer, when it has one of these statuses. @throws with the whole answer otherwise */
export function expectStatus<T>(answer: Answer<T>, ...statuses: number[]): Answer<T> {
  if (statuses.includes(answer.status)) return answer;
  throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}
