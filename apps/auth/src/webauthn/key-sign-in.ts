import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { AccountRepository } from '../accounts';
import type { Client } from '../client';
import { SignInGate, type SignInOutcome } from '../gate';
import { challengeIn } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { KeyCheck } from './key-check';
import { SecurityKeyRepository, type SecurityKey } from './security-key.repository';
import { KeyRefused } from './webauthn.errors';

/** Signs in with a key alone. With finger or PIN it is two factors in one; without, a second factor may follow. */
@Injectable()
export class KeySignIn {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly keys: SecurityKeyRepository,
    private readonly check: KeyCheck,
    private readonly challenges: ChallengeStore,
    private readonly gate: SignInGate,
  ) {}

  /** For an address, the keys that fit; without one, whatever passkey the browser has. */
  async start(email: string | undefined): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const keys = email ? await this.keysOf(email) : [];
    const options = await this.check.start(keys, email);
    await this.challenges.keep(options.challenge, { purpose: 'sign-in' });
    return options;
  }

  /** @throws KeyRefused */
  async finish(credential: AuthenticationResponseJSON, client: Client): Promise<SignInOutcome> {
    const challenge = challengeIn(credential);
    if (!(await this.challenges.take(challenge, 'sign-in'))) throw new KeyRefused();
    const { key, userVerified } = await this.check.finish(credential, challenge);
    const account = await this.tenants.run(anonymousContext(), manager =>
      this.accounts.byId(manager, key.userId),
    );
    if (!account) throw new KeyRefused();
    return this.gate.pass(account, { method: userVerified ? 'webauthn' : 'security-key', client });
  }

  private async keysOf(email: string): Promise<SecurityKey[]> {
    return this.tenants.run(anonymousContext(), async manager => {
      const account = await this.accounts.byEmail(manager, email);
      return account ? this.keys.ofUser(manager, account.id) : [];
    });
  }
}
