import { Injectable } from '@nestjs/common';
import { CodeInvalid, constantTimeEqual, randomToken, sha256 } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SignInGate, type Arrival, type SignInMethod } from '../gate';
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
    const found = await this.find(code);
    if (found.used) await this.punishReuse(found, client);
    if (found.expired || !constantTimeEqual(challengeOf(verifier), found.codeChallenge))
      throw new CodeInvalid();
    const account = await this.tenants.run(contextOfPerson(found.userId), manager =>
      this.accounts.byId(manager, found.userId),
    );
    if (!account) throw new CodeInvalid();
    try {
      return await this.gate.open(account, { method, client, alongside: this.claimOf(found) });
    } catch (error) {
      if (error instanceof CodeSpent) await this.punishReuse(await this.find(code), client);
      throw error;
    }
  }

  private async find(code: string): Promise<ExchangeCode> {
    const found = await this.tenants.run(anonymousContext(), manager =>
      this.codes.find(manager, hashOf(code)),
    );
    if (!found) throw new CodeInvalid();
    return found;
  }

  /** Uses the code up for the session that is just being opened: of two that race, the later finds whose it was. */
  private claimOf({ id }: ExchangeCode): Arrival['alongside'] {
    return async (manager, sessionId) => {
      if (!(await this.codes.use(manager, id, sessionId))) throw new CodeSpent();
    };
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

/** Somebody else brought the code first. */
class CodeSpent extends CodeInvalid {}
