import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { GateModule } from '../gate';
import { MfaModule } from '../mfa';
import { RedirectsModule } from '../redirects';
import { SecretsModule } from '../secrets';
import { SessionsModule } from '../sessions';
import { SignUpModule } from '../sign-up';
import { VerificationModule } from '../verification';
import { Ceremonies } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { KeyCheck } from './key-check';
import { KeyElevation } from './key-elevation';
import { KeyNewcomers } from './key-newcomers';
import { KeyRegistration } from './key-registration';
import { KeySignIn } from './key-sign-in';
import { KeySignUp } from './key-sign-up';
import { SecurityKeyRepository } from './security-key.repository';
import { WebauthnDesk } from './webauthn-desk';
import { NhostKeyController, NhostKeyEntryController } from './webauthn.nhost.controller';

export { webauthnSettings } from './webauthn.settings';

/** Security keys and passkeys: signing up, signing in, adding more, showing one again. */
@Module({
  imports: [
    AccountsModule,
    ElevationModule,
    GateModule,
    MfaModule,
    RedirectsModule,
    SecretsModule,
    SessionsModule,
    SignUpModule,
    VerificationModule,
  ],
  controllers: [NhostKeyEntryController, NhostKeyController],
  providers: [
    Ceremonies,
    ChallengeStore,
    KeyCheck,
    KeyElevation,
    KeyNewcomers,
    KeyRegistration,
    KeySignIn,
    KeySignUp,
    SecurityKeyRepository,
    WebauthnDesk,
  ],
})
export class WebauthnModule {}
