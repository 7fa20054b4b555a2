import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { TokensModule } from '../tokens';
import { RefreshTokenOwners } from './refresh-token-owners';
import { RefreshTokenRepository } from './refresh-token.repository';
import { SessionDesk } from './session-desk';
import { SessionIssuer } from './session-issuer';
import { SessionKeeper } from './session-keeper';
import { SessionController } from './session.controller';
import { NhostSessionController } from './session.nhost.controller';
import { SessionRepository } from './session.repository';
import { SessionSwitcher } from './session-switcher';
import { Bearer } from './bearer';
import { FamilySessions } from './family-sessions';
import { RefreshLine } from './refresh-line';
import { TokenRefresher } from './token-refresher';
import { TokenSigner } from './token-signer';

export { SessionDesk } from './session-desk';
export { SessionIssuer, type Opening } from './session-issuer';
export { SessionKeeper } from './session-keeper';
export {
  nhostSession,
  sessionAnswer,
  type IssuedSession,
  type NhostSession,
  type SessionAnswer,
} from './session';
export { SessionRepository } from './session.repository';
export { SessionSwitcher } from './session-switcher';
export { TokenRefresher } from './token-refresher';
export { hashOf } from './refresh-token';

/** Sessions from their opening to their end: every way to sign in opens one here, every way out ends one here. */
@Module({
  imports: [AccountsModule, MembershipsModule, RevocationsModule, TokensModule],
  controllers: [SessionController, NhostSessionController],
  providers: [
    Bearer,
    FamilySessions,
    RefreshLine,
    RefreshTokenOwners,
    RefreshTokenRepository,
    SessionDesk,
    SessionIssuer,
    SessionKeeper,
    SessionRepository,
    SessionSwitcher,
    TokenRefresher,
    TokenSigner,
  ],
  exports: [
    RefreshTokenRepository,
    SessionDesk,
    SessionIssuer,
    SessionKeeper,
    SessionRepository,
    SessionSwitcher,
    TokenRefresher,
  ],
})
export class SessionsModule {}
