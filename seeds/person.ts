import { randomUUID } from 'node:crypto';
import { type Answer, type Call, expectStatus, send, type Services } from './http';

export interface Account {
  readonly email: string;
  readonly password: string;
  readonly displayName?: string;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
  readonly family: { readonly id: string; readonly role: string } | null;
}

/**
 * Somebody with an account, who speaks for one family at a time: everything goes through public HTTP and nothing else,
 * as from an app on their telephone.
 */
export class Person {
  private constructor(
    private readonly services: Services,
    readonly account: Account,
    private tokens: Tokens,
  ) {}

  /**
   * Registers; without an invitation the newcomer owns a family of one.
   *
   * @param who an account, or a name: then address and password are such as nobody else has
   */
  static async register(services: Services, who: Account | string, invitation?: string): Promise<Person> {
    const account = typeof who === 'string' ? strangerNamed(who) : who;
    const json = { ...account, ...(invitation ? { invitation } : {}) };
    const answer = await send<Tokens>(services.url('auth', '/v1/auth/register'), { json });
    return new Person(services, account, expectStatus(answer).body);
  }

  /** @throws Refused when there is no such account, or its password is another */
  static async signIn(services: Services, account: Account): Promise<Person> {
    return new Person(services, account, await signIn(services, account));
  }

  get email(): string {
    return this.account.email;
  }

  get password(): string {
    return this.account.password;
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
    return send<T>(this.services.url(service, path), { ...call, headers });
  }

  /** Invites by link, or by mail; answers the token. */
  async invite(role = 'ADULT_MEMBER', email?: string): Promise<string> {
    const json = { role, ...(email ? { email } : {}) };
    const path = `/v1/families/${this.familyId}/invitations`;
    return expectStatus(await this.call<{ token: string }>('auth', path, { json })).body.token;
  }

  /** Accepts an invitation and speaks for that family from now on. */
  async accept(token: string): Promise<void> {
    this.adopt(await this.call<Tokens>('auth', '/v1/invitations/accept', { json: { token } }));
  }

  /** A new session with the password, for the family that this person spoke for. */
  async signInAgain(): Promise<void> {
    const { familyId } = this;
    this.tokens = await signIn(this.services, this.account);
    if (this.familyId !== familyId) await this.switchTo(familyId);
  }

  /** From now on this person speaks for that family. */
  async switchTo(familyId: string): Promise<void> {
    this.adopt(await this.call<Tokens>('auth', `/v1/families/${familyId}/switch`, { method: 'POST' }));
  }

  private adopt(answer: Answer<Tokens>): void {
    this.tokens = { ...this.tokens, ...expectStatus(answer).body };
  }

  /** Registers somebody straight into this person's family. */
  async bring(name: string, role = 'ADULT_MEMBER'): Promise<Person> {
    return Person.register(this.services, name, await this.invite(role));
  }

  /** Uploads a file as a browser does. */
  upload<T = { id: string; sha256: string }>(
    bytes: Uint8Array,
    type: string,
    fields: Readonly<Record<string, string>> = {},
    name = 'file',
  ): Promise<Answer<T>> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    return this.call<T>('api', '/v1/storage/upload', { form });
  }

  /** Asks the GraphQL API. @throws when the answer has errors */
  async graphql<T = Record<string, unknown>>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    role?: string,
  ): Promise<T> {
    const { body } = await this.tryGraphql<T>(query, variables, role);
    if (!body.data || body.errors) throw new Error(`GraphQL: ${JSON.stringify(body.errors ?? body)}`);
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

async function signIn(services: Services, { email, password }: Account): Promise<Tokens> {
  const answer = await send<Tokens>(services.url('auth', '/v1/auth/login'), { json: { email, password } });
  return expectStatus(answer).body;
}

const strangerNamed = (name: string): Account => ({
  email: `${name.toLowerCase()}-${randomUUID()}@example.org`,
  password: `${name} keeps ${randomUUID()}`,
  displayName: name,
});
