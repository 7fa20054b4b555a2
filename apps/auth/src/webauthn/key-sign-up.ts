import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { Redirects } from '../redirects';
import { Ceremonies, challengeIn } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { KeyNewcomers } from './key-newcomers';
import type { SignUpKeyDto, VerifySignUpKeyDto } from './webauthn.dto';
import { KeyRefused } from './webauthn.errors';

/** Sends what confirms the address, in the transaction that makes the account. */
export type Confirmation = (manager: EntityManager, account: Account, redirectTo?: string) => Promise<void>;

/** Signs up with a key instead of a password. The account is made when the key has answered. */
@Injectable()
export class KeySignUp {
  constructor(
    private readonly people: KeyNewcomers,
    private readonly ceremonies: Ceremonies,
    private readonly challenges: ChallengeStore,
    private readonly redirects: Redirects,
  ) {}

  /** @throws SignupDisabled, EmailExists, EmailNotAllowed, RoleNotAllowed, RedirectNotAllowed */
  async start({ email, options = {} }: SignUpKeyDto): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { redirectTo, ...wishes } = options;
    this.redirects.choose(redirectTo);
    await this.people.assertNew(email, wishes);
    const userId = uuidV7();
    const displayName = wishes.displayName ?? email.split('@')[0] ?? email;
    const creation = await this.ceremonies.startRegistration({ id: userId, email, displayName }, []);
    await this.challenges.keep(creation.challenge, { purpose: 'sign-up', userId, email, wishes, redirectTo });
    return creation;
  }

  /** @throws KeyRefused, EmailExists, RedirectNotAllowed */
  async finish(
    { credential, nickname, options = {} }: VerifySignUpKeyDto,
    client: Client,
    confirm?: Confirmation,
  ): Promise<Account> {
    const challenge = challengeIn(credential);
    const asked = await this.challenges.take(challenge, 'sign-up');
    if (!asked) throw new KeyRefused();
    const { redirectTo = asked.redirectTo, nickname: name = nickname, ...wishes } = options;
    this.redirects.choose(redirectTo);
    const key = await this.ceremonies.finishRegistration(credential, challenge, asked.userId, name);
    return this.people.welcome({
      ...asked,
      wishes: { ...asked.wishes, ...wishes },
      key,
      client,
      alongside: confirm && ((manager, account) => confirm(manager, account, redirectTo)),
    });
  }
}
