import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { GateModule } from '../gate';
import { LandingModule } from '../landing';
import { MailModule } from '../mail';
import { RedirectsModule } from '../redirects';
import { SecretsModule } from '../secrets';
import { SignUpModule } from '../sign-up';
import { IdTokenService } from './id-tokens';
import { IdentityBook } from './identity-book';
import { IdentityRepository } from './identity.repository';
import { Linker } from './linker';
import { NhostIdTokenController, NhostOAuthController } from './oauth.nhost.controller';
import { OAuthDesk } from './oauth-desk';
import { OAuthArrivals, OAuthDepartures } from './oauth.service';
import { Providers } from './providers';
import { TripCookie } from './trip-cookie';
import { TripStore } from './trip-store';

export { oauthSettings } from './oauth.settings';
export { Providers } from './providers';

/** Signing in by the word of another house: GitHub, Google, Apple, any OpenID provider. */
@Module({
  imports: [
    AccountsModule,
    ElevationModule,
    GateModule,
    LandingModule,
    MailModule,
    RedirectsModule,
    SecretsModule,
    SignUpModule,
  ],
  controllers: [NhostOAuthController, NhostIdTokenController],
  providers: [
    IdTokenService,
    IdentityBook,
    IdentityRepository,
    Linker,
    OAuthArrivals,
    OAuthDepartures,
    OAuthDesk,
    Providers,
    TripCookie,
    TripStore,
  ],
})
export class OAuthModule {}
