import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { SessionRepository, SessionSwitcher, type IssuedSession } from '../sessions';
import { challengeIn } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { KeyCheck } from './key-check';
import { SecurityKeyRepository } from './security-key.repository';
import { KeyRefused } from './webauthn.errors';

/** Lifts a session: somebody who is signed in shows a key of the account once more. */
@Injectable()
export class KeyElevation {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly keys: SecurityKeyRepository,
    private readonly check: KeyCheck,
    private readonly challenges: ChallengeStore,
    private readonly sessions: SessionRepository,
    private readonly switcher: SessionSwitcher,
  ) {}

  async start(actor: Actor): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const userId = actor.userId as string;
    const keys = await this.tenants.run(contextOf(actor), manager => this.keys.ofUser(manager, userId));
    if (keys.length === 0) throw new KeyRefused();
    const options = await this.check.start(keys);
    await this.challenges.keep(options.challenge, { purpose: 'elevate', userId });
    return options;
  }

  /** Tokens that say so. @throws KeyRefused */
  async finish(actor: Actor, credential: AuthenticationResponseJSON): Promise<IssuedSession> {
    const challenge = challengeIn(credential);
    const asked = await this.challenges.take(challenge, 'elevate');
    if (!asked || asked.userId !== actor.userId) throw new KeyRefused();
    const { key } = await this.check.finish(credential, challenge);
    if (key.userId !== actor.userId) throw new KeyRefused();
    await this.tenants.run(contextOf(actor), manager =>
      this.sessions.elevate(manager, actor.sessionId as string),
    );
    return this.switcher.switchTo(actor, actor.familyId ?? undefined);
  }
}
