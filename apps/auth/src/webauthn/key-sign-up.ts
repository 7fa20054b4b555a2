import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { v7 as uuidV7 } from 'uuid';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { Ceremonies, challengeIn } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { KeyNewcomers } from './key-newcomers';
import type { SignUpKeyDto, VerifySignUpKeyDto } from './webauthn.dto';
import { KeyRefused } from './webauthn.errors';

/** Signs up with a key instead of a password. The account is made when the key has answered. */
@Injectable()
export class KeySignUp {
  constructor(
    private readonly people: KeyNewcomers,
    private readonly ceremonies: Ceremonies,
    private readonly challenges: ChallengeStore,
  ) {}

  /** @throws EmailExists, EmailNotAllowed, RoleNotAllowed */
  async start({ email, options = {} }: SignUpKeyDto): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { redirectTo, ...wishes } = options;
    await this.people.assertNew(email, wishes);
    const userId = uuidV7();
    const displayName = wishes.displayName ?? email.split('@')[0] ?? email;
    const creation = await this.ceremonies.startRegistration({ id: userId, email, displayName }, []);
    await this.challenges.keep(creation.challenge, { purpose: 'sign-up', userId, email, wishes, redirectTo });
    return creation;
  }

  /** @throws KeyRefused, EmailExists */
  async finish(
    { credential, nickname, options = {} }: VerifySignUpKeyDto,
    client: Client,
  ): Promise<{ account: Account; redirectTo?: string }> {
    const challenge = challengeIn(credential);
    const asked = await this.challenges.take(challenge, 'sign-up');
    if (!asked) throw new KeyRefused();
    const { redirectTo = asked.redirectTo, nickname: name = nickname, ...wishes } = options;
    const key = await this.ceremonies.finishRegistration(credential, challenge, asked.userId, name);
    const account = await this.people.welcome({
      ...asked,
      wishes: { ...asked.wishes, ...wishes },
      key,
      client,
    });
    return { account, redirectTo };
  }
}
