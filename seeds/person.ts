/** Where the services of a stack answer. */
export interface Addresses {
  readonly auth: string;
  readonly api: string;
  readonly graphql: string;
}

export interface Account {
  readonly email: string;
  readonly password: string;
  readonly displayName?: string;
}

interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
  readonly family: { readonly id: string; readonly role: string } | null;
}

/** An answer that a route refused with. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    request: string,
  ) {
    super(`${request} answered ${status}: ${JSON.stringify(body)}`);
  }

  get code(): unknown {
    return (this.body as { code?: unknown } | null)?.code;
  }
}

/** Somebody who uses a stack from outside, over public HTTP and nothing else, as an app on their telephone would. */
export class Person {
  private constructor(
    private readonly addresses: Addresses,
    readonly account: Account,
    private session: SignedIn,
  ) {}

  /** Makes an account: with an invitation in that family, without one in a family of their own. */
  static async register(addresses: Addresses, account: Account, invitation?: string): Promise<Person> {
    const body = { ...account, ...(invitation ? { invitation } : {}) };
    const session = await send<SignedIn>(`${addresses.auth}/v1/auth/register`, { method: 'POST', body });
    return new Person(addresses, account, session);
  }

  static async signIn(addresses: Addresses, { email, password }: Account): Promise<Person> {
    const body = { email, password };
    const session = await send<SignedIn>(`${addresses.auth}/v1/auth/login`, { method: 'POST', body });
    return new Person(addresses, { email, password }, session);
  }

  get id(): string {
    return this.session.user.id;
  }

  get familyId(): string {
    return this.session.family?.id ?? '';
  }

  get token(): string {
    return this.session.accessToken;
  }

  async refresh(): Promise<void> {
    const body = { refreshToken: this.session.refreshToken };
    this.session = await this.auth<SignedIn>('POST', '/v1/auth/refresh', body);
  }

  /** From now on this person speaks for that family. */
  async switchTo(familyId: string): Promise<void> {
    const switched = await this.auth<SignedIn>('POST', `/v1/families/${familyId}/switch`);
    this.session = { ...this.session, ...switched };
  }

  /** Invites into the current family. @returns the token of the link. */
  async invite(role: string, email?: string): Promise<string> {
    const path = `/v1/families/${this.familyId}/invitations`;
    return (await this.auth<{ token: string }>('POST', path, { role, ...(email ? { email } : {}) })).token;
  }

  /** Joins the family of an invitation and speaks for it. */
  async accept(token: string): Promise<void> {
    this.session = await this.auth<SignedIn>('POST', '/v1/invitations/accept', { token });
  }

  auth<T>(method: string, path: string, body?: unknown): Promise<T> {
    return send<T>(this.addresses.auth + path, { method, body, token: this.token });
  }

  api<T>(method: string, path: string, body?: unknown): Promise<T> {
    return send<T>(this.addresses.api + path, { method, body, token: this.token });
  }

  /** Uploads a file as a browser does. */
  upload<T>(
    file: { name: string; type: string; bytes: Buffer },
    fields: Record<string, string> = {},
  ): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    return send<T>(`${this.addresses.api}/v1/storage/upload`, {
      method: 'POST',
      body: form,
      token: this.token,
    });
  }

  /** Asks GraphQL. @throws Refused with the errors of the answer. */
  async graphql<T>(query: string, variables: object = {}, role?: string): Promise<T> {
    const url = `${this.addresses.graphql}/v1/graphql`;
    const headers: Record<string, string> = role ? { 'x-hasura-role': role } : {};
    const answer = await send<{ data?: T; errors?: unknown }>(url, {
      method: 'POST',
      body: { query, variables },
      token: this.token,
      headers,
    });
    if (answer.errors || !answer.data) throw new Refused(200, answer, 'GraphQL');
    return answer.data;
  }
}

interface Sent {
  readonly method: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request and reads the answer. @throws Refused when its status is none of success. */
export async function send<T>(url: string, { method, body, token, headers }: Sent): Promise<T> {
  const form = body instanceof FormData;
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: form ? body : body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const parsed: unknown = isJson(answer) ? JSON.parse(text) : text;
  if (!answer.ok) throw new Refused(answer.status, parsed, `${method} ${new URL(url).pathname}`);
  return parsed as T;
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.includes('json') ?? false;
}
