import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { FamiliesModule } from '../families';
import { GateModule } from '../gate';
import { InvitationsModule } from '../invitations';
import { PasswordsModule } from '../passwords';
import { RedirectsModule } from '../redirects';
import { SessionsModule } from '../sessions';
import { VerificationModule } from '../verification';
import { Newcomers } from './newcomers';
import { SignUpDesk } from './sign-up-desk';
import { SignUpController } from './sign-up.controller';
import { NhostSignUpController } from './sign-up.nhost.controller';
import { SignUpService } from './sign-up.service';

export { Newcomers, type Newcomer } from './newcomers';

/** How accounts come to be. */
@Module({
  imports: [
    AccountsModule,
    FamiliesModule,
    GateModule,
    InvitationsModule,
    PasswordsModule,
    RedirectsModule,
    SessionsModule,
    VerificationModule,
  ],
  controllers: [SignUpController, NhostSignUpController],
  providers: [Newcomers, SignUpDesk, SignUpService],
  exports: [Newcomers],
})
export class SignUpModule {}
