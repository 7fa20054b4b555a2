import type { Authenticator } from '../../../apps/auth/testing/authenticator';

/** What `navigator.credentials` is asked, as far as a key looks at it. */
interface Ask {
  readonly publicKey: {
    readonly challenge: ArrayBuffer;
    readonly rp: { readonly id?: string };
    readonly rpId?: string;
    readonly user: { readonly id: Uint8Array };
  };
}

/**
 * Enough of a browser for an SDK that was made for one: an address bar that scripts read and change, a store that
 * outlives a page, and a security key. The SDK itself stays as it was published; Node shows it these as globals.
 */
export class BrowserWindow {
  readonly location: URL;
  readonly history = {
    pushState: (_state: unknown, _title: string, path: string): void => {
      this.location.href = new URL(path, this.location).href;
    },
  };
  readonly PublicKeyCredential = class {};
  readonly localStorage = {
    getItem: (name: string): string | null => this.kept.get(name) ?? null,
    setItem: (name: string, value: string): void => void this.kept.set(name, value),
    removeItem: (name: string): void => void this.kept.delete(name),
  };
  readonly navigator: { readonly credentials: unknown };
  private readonly kept = new Map<string, string>();
  private key: Authenticator | undefined;

  constructor(home: string) {
    this.location = new URL(home);
    this.navigator = {
      credentials: {
        create: ({ publicKey }: Ask) => this.create(publicKey),
        get: ({ publicKey }: Ask) => this.get(publicKey),
      },
    };
  }

  /** Shows this window to everything in the process. Answers how to take it away again. */
  install(): () => void {
    const { localStorage, navigator } = this;
    const globals = { window: this, localStorage, navigator, location: this.location };
    const before = Object.entries(globals).map(
      ([name]) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
    );
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    return () => {
      for (const [name, descriptor] of before) {
        Reflect.deleteProperty(globalThis, name);
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      }
    };
  }

  /** Puts a key into the machine. */
  plugIn(key: Authenticator): void {
    this.key = key;
  }

  /** As if the person had closed the page and forgotten everything. */
  forget(): void {
    this.kept.clear();
  }

  private create({ challenge, rp, user }: Ask['publicKey']): Promise<unknown> {
    const asked = { challenge: text(challenge), rp, user: { id: text(user.id) } };
    return Promise.resolve(credential(this.finger().create(asked)));
  }

  private get({ challenge, rpId }: Ask['publicKey']): Promise<unknown> {
    return Promise.resolve(credential(this.finger().get({ challenge: text(challenge), rpId })));
  }

  private finger(): Authenticator {
    if (!this.key) throw new Error('no key is plugged in');
    return this.key;
  }
}

const text = (bytes: ArrayBuffer | Uint8Array): string =>
  Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString('base64url');

/** A credential as browsers hand it to scripts: bytes where JSON has base64url. */
function credential({ id, type, authenticatorAttachment, response }: Record<string, unknown>): unknown {
  const { transports, ...parts } = response as Record<string, unknown>;
  const bytes = Object.entries(parts).map(
    ([name, value]) => [name, Buffer.from(String(value), 'base64url')] as const,
  );
  return {
    id,
    rawId: Buffer.from(String(id), 'base64url'),
    type,
    authenticatorAttachment,
    getClientExtensionResults: () => ({}),
    response: {
      ...Object.fromEntries(bytes),
      ...(transports !== undefined && { getTransports: () => transports }),
    },
  };
}
