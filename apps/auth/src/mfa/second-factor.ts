import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, sha256 } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts';
import { Secrets } from '../secrets';
import { FactorRepository } from './factor.repository';
import { newTotpSecret, stepOf } from './totp';

/** Letters and digits that cannot be taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 12;

/** Checks second factors: codes of an app, each good once, and recovery codes for the day the phone is gone. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly factors: FactorRepository,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** A new secret, as it is shown and as it is stored. */
  newSecret(userId: string): { secret: string; sealed: string } {
    const secret = newTotpSecret();
    return { secret, sealed: this.secrets.seal('totp secrets', secret, userId) };
  }

  /** Is this the code of the app right now, and was it not used before? */
  async acceptsTotp(manager: EntityManager, account: Account, code: string): Promise<boolean> {
    if (!account.totpSecret || !/^\d{6}$/.test(code)) return false;
    const secret = this.secrets.open('totp secrets', account.totpSecret, account.id);
    const step = stepOf(secret, code, this.clock.now());
    return step !== undefined && this.factors.useStep(manager, account.id, step);
  }

  async acceptsRecoveryCode(manager: EntityManager, account: Account, code: string): Promise<boolean> {
    return this.factors.useRecoveryCode(manager, account.id, hashOf(account.id, code));
  }

  /** Recovery codes stand in for the app, and go with it. */
  async forgetRecoveryCodes(manager: EntityManager, userId: string): Promise<void> {
    await this.factors.forget(manager, userId);
  }

  /** Makes ten new recovery codes; the ones before are void. They are shown this once. */
  async newRecoveryCodes(manager: EntityManager, userId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.factors.replaceRecoveryCodes(
      manager,
      userId,
      codes.map(code => hashOf(userId, code)),
    );
    return codes;
  }
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: RECOVERY_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    '',
  );
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** Dashes, spaces and capitals do not matter. 59 bits of chance need no slow digest. */
const hashOf = (userId: string, code: string): string =>
  sha256(`${userId} ${code.toLowerCase().replace(/[\s-]/g, '')}`).toString('hex');
