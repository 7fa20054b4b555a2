import { availableParallelism } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import * as argon2 from 'argon2';
import * as bcrypt from 'bcrypt';
import { passwordSettings, type PasswordSettings } from './password.settings';
import { Turnstile } from './turnstile';

/** What a comparison found: does it match, and should the hash be written anew with today's parameters? */
export interface PasswordMatch {
  matches: boolean;
  outdated: boolean;
}

type HashOptions = NonNullable<Parameters<typeof argon2.hash>[1]> & { raw: false };

/**
 * One more than there are cores: when a hash is done the next one is already there, and no core rests until the event
 * loop has had its turn. More at once would only wait for each other.
 */
const HASHES_AT_ONCE = availableParallelism() + 1;

/**
 * Hashes and compares passwords with argon2id on the thread pool, never on the event loop.
 *
 * Passwords are normalised to NFKC first, so that the same characters typed on two keyboards match. Bcrypt
 * hashes of imported people are understood and reported as outdated.
 */
@Injectable()
export class PasswordHasher {
  private readonly turnstile = new Turnstile(HASHES_AT_ONCE);
  private readonly options: HashOptions;
  /** How a hash with today's parameters begins (PHC string format). */
  private readonly today: string;
  private decoy: Promise<string> | undefined;

  constructor(@Inject(passwordSettings.token) settings: PasswordSettings) {
    this.options = {
      raw: false,
      type: argon2.argon2id,
      memoryCost: settings.argonMemory,
      timeCost: settings.argonPasses,
      parallelism: 1,
    };
    this.today = `$argon2id$v=19$m=${settings.argonMemory},t=${settings.argonPasses},p=1$`;
  }

  async hash(password: string): Promise<string> {
    return this.turnstile.pass(() => argon2.hash(password.normalize('NFKC'), this.options));
  }

  /** Compares; without a stored hash it works just as long and says no, so that timing tells nothing. */
  async compare(stored: string | null, password: string): Promise<PasswordMatch> {
    const normal = password.normalize('NFKC');
    if (stored === null) return this.compareWithDecoy(normal);
    if (!stored.startsWith('$argon2')) return this.compareBcrypt(stored, normal);
    const matches = await this.turnstile.pass(() => argon2.verify(stored, normal));
    return { matches, outdated: matches && !stored.startsWith(this.today) };
  }

  private async compareWithDecoy(password: string): Promise<PasswordMatch> {
    const decoy = await (this.decoy ??= argon2.hash('nobody has this password', this.options));
    await this.turnstile.pass(() => argon2.verify(decoy, password));
    return { matches: false, outdated: false };
  }

  private async compareBcrypt(stored: string, password: string): Promise<PasswordMatch> {
    const matches = await this.turnstile.pass(() => bcrypt.compare(password, stored));
    return { matches, outdated: matches };
  }
}
