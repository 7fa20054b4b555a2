import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantGroup } from '@nself/tenancy';
import { hashOf } from './refresh-token';
import { ownerFrom, RefreshTokenRepository, type RefreshTokenOwner } from './refresh-token.repository';

/** Tells whose a refresh token is, before anything is done for its owner. */
@Injectable()
export class RefreshTokenOwners {
  constructor(
    private readonly groups: TenantGroup,
    private readonly refreshTokens: RefreshTokenRepository,
  ) {}

  /** Undefined for a token that nobody knows. */
  async of(token: string): Promise<RefreshTokenOwner | undefined> {
    const [rows = []] = await this.groups.run(anonymousContext(), [this.refreshTokens.lookUp(hashOf(token))]);
    return ownerFrom(rows[0]);
  }
}
