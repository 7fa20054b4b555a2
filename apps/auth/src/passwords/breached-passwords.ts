import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OutboundClient } from '@nself/kernel';
import { logger } from '@nself/observability';
import { passwordSettings, type PasswordSettings } from './password.settings';

const log = logger('auth.passwords');
const PATIENCE_MS = 2_000;

/**
 * Asks the range service of Have I Been Pwned (https://haveibeenpwned.com/API/v3#PwnedPasswords). Only five
 * characters of the SHA-1 leave the house; the answer is padded so that its size tells nothing either.
 *
 * A service that does not answer must not lock people out of choosing a password: its silence is logged and
 * counts as "not known".
 */
@Injectable()
export class BreachedPasswords {
  constructor(
    @Inject(passwordSettings.token) private readonly settings: PasswordSettings,
    private readonly outbound: OutboundClient,
  ) {}

  async knows(password: string): Promise<boolean> {
    const hash = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
    try {
      return listsSuffix(await this.range(hash.slice(0, 5)), hash.slice(5));
    } catch (error) {
      log.warn({ err: error }, 'the breach range service did not answer; the password was not checked there');
      return false;
    }
  }

  private async range(prefix: string): Promise<string> {
    const answer = await this.outbound.fetch(`${this.settings.breachUrl}/${prefix}`, {
      headers: { 'add-padding': 'true' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error(`the breach range service answered ${answer.status}`);
    return answer.text();
  }
}

function listsSuffix(range: string, suffix: string): boolean {
  return range.split(/\r?\n/).some(line => {
    const [known, count] = line.split(':');
    return known === suffix && Number(count) > 0;
  });
}
