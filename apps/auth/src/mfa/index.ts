import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { GateModule } from '../gate';
import { MailModule } from '../mail';
import { SecretsModule } from '../secrets';
import { SessionsModule } from '../sessions';
import { TicketsModule } from '../tickets';
import { FactorNotices } from './factor-notices';
import { FactorRepository } from './factor.repository';
import { MfaDesk } from './mfa-desk';
import { MfaSignIn } from './mfa-sign-in';
import { MfaController, NhostMfaController } from './mfa.controller';
import { MfaService } from './mfa.service';
import { SecondFactor } from './second-factor';

export { FactorNotices } from './factor-notices';
export { MfaSignIn } from './mfa-sign-in';
export { mfaSettings } from './mfa.settings';

/** The second factor: codes of an app, and recovery codes. */
@Module({
  imports: [
    AccountsModule,
    ElevationModule,
    GateModule,
    MailModule,
    SecretsModule,
    SessionsModule,
    TicketsModule,
  ],
  controllers: [MfaController, NhostMfaController],
  providers: [FactorNotices, FactorRepository, MfaDesk, MfaService, MfaSignIn, SecondFactor],
  exports: [FactorNotices, MfaSignIn],
})
export class MfaModule {}
