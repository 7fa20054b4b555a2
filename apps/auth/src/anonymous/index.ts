import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { GateModule } from '../gate';
import { PasswordsModule } from '../passwords';
import { SignUpModule } from '../sign-up';
import { VerificationModule } from '../verification';
import { NhostAnonymousController } from './anonymous.controller';
import { AnonymousService } from './anonymous.service';
import { Deanonymization } from './deanonymization';
import { VisitorsPassword } from './visitors-password';

/** Visitors who do not say who they are, until they do. */
@Module({
  imports: [AccountsModule, GateModule, PasswordsModule, SignUpModule, VerificationModule],
  controllers: [NhostAnonymousController],
  providers: [AnonymousService, Deanonymization, VisitorsPassword],
})
export class AnonymousModule {}
