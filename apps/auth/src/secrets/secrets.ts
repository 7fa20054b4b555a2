import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { defineSettings, open, seal, secret, type SettingsOf } from '@nself/kernel';

export const secretSettings = defineSettings('secrets', {
  masterKey: {
    env: 'MASTER_KEY',
    meaning: 'Key under which other secrets are kept; losing it loses them.',
    shape: secret({ minBytes: 32, encoding: 'hex' }),
  },
});

/** What a key is derived for. Keys of two purposes tell nothing about each other (HKDF, RFC 5869). */
type Purpose = 'one-time codes' | 'totp secrets' | 'provider tokens' | 'messages on their way';

/** Keeps small secrets in the database so that the database alone does not give them away. */
@Injectable()
export class Secrets {
  private readonly master: Buffer;
  private readonly keys = new Map<Purpose, Buffer>();

  constructor(@Inject(secretSettings.token) settings: SettingsOf<typeof secretSettings>) {
    this.master = Buffer.from(settings.masterKey, 'hex');
  }

  /** A digest for something short, such as a six-digit code: without the key it cannot be searched for. */
  digest(text: string, bound: string): string {
    return createHmac('sha256', this.key('one-time codes')).update(`${bound}\n${text}`).digest('hex');
  }

  /** Encrypts text for storage; `bound` ties it to its row. */
  seal(purpose: Purpose, text: string, bound: string): string {
    return seal(text, this.key(purpose), bound).toString('base64url');
  }

  open(purpose: Purpose, sealed: string, bound: string): string {
    return open(Buffer.from(sealed, 'base64url'), this.key(purpose), bound).toString('utf8');
  }

  private key(purpose: Purpose): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.master, '', `nself auth: ${purpose}`, 32));
    this.keys.set(purpose, key);
    return key;
  }
}
