import { Injectable } from '@nestjs/common';
import { CodeInvalid, constantTimeEqual, randomToken, sha256 } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SignInGate, type SignInMethod } from '../gate';
import { RevocationWriter } from '../revocations';
import { SessionKeeper, type IssuedSession } from '../sessions';
import { ExchangeCodeRepository, type ExchangeCode } from './exchange-code.repository';

const CODE_SECONDS = 120;

/**
 * Codes instead of tokens in addresses (PKCE, RFC 7636 with S256 only). A code is good once; whoever brings it a second
 * time proves that it leaked, and the session that came of it ends (RFC 6749, 4.1.2).
 */
@Injectable()
export class CodeExchange {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly codes: ExchangeCodeRepository,
    private readonly accounts: AccountRepository,
    private readonly gate: SignInGate,
    private readonly sessions: SessionKeeper,
    private readonly revocations: RevocationWriter,
  ) {}

  async issue(account: Account, challenge: string): Promise<string> {
    const code = randomToken(32);
    await this.tenants.run(contextOfPerson(account.id), manager =>
      this.codes.insert(manager, {
        userId: account.id,
        hash: hashOf(code),
        challenge,
        lifeSeconds: CODE_SECONDS,
      }),
    );
    return code;
  }

  /** @throws CodeInvalid when it is unknown, expired, used, or not the verifier's */
  async redeem(code: string, verifier: string, method: SignInMethod, client: Client): Promise<IssuedSession> {
    const found = await this.tenants.run(anonymousContext(), manager =>
      this.codes.find(manager, hashOf(code)),
    );
    if (!found) throw new CodeInvalid();
    if (found.used) await this.punishReuse(found, client);
    if (found.expired || !constantTimeEqual(challengeOf(verifier), found.codeChallenge))
      throw new CodeInvalid();
    const account = await this.claim(found, client);
    const session = await this.gate.open(account, { method, client });
    await this.tenants.run(contextOfPerson(account.id), manager =>
      this.codes.rememberSession(manager, found.id, session.sessionId),
    );
    return session;
  }

  private async claim(found: ExchangeCode, client: Client): Promise<Account> {
    const claimed = await this.tenants.run(contextOfPerson(found.userId), async manager => ({
      mine: await this.codes.use(manager, found.id),
      account: await this.accounts.byId(manager, found.userId),
    }));
    if (!claimed.mine) await this.punishReuse(found, client);
    if (!claimed.account) throw new CodeInvalid();
    return claimed.account;
  }

  private async punishReuse({ userId, sessionId }: ExchangeCode, client: Client): Promise<never> {
    if (sessionId) {
      const revoked = await this.tenants.run(contextOfPerson(userId), manager =>
        this.sessions.endOne(manager, sessionId, 'code_reused', client),
      );
      await this.revocations.announce(...revoked);
    }
    throw new CodeInvalid();
  }
}

const hashOf = (code: string): string => sha256(code).toString('hex');
const challengeOf = (verifier: string): string => sha256(verifier).toString('base64url');
