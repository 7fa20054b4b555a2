import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { MailModule } from '../mail';
import { OutboxModule } from '../outbox';
import { OwnershipModule } from '../ownership';
import { PasswordsModule } from '../passwords';
import { RedirectsModule } from '../redirects';
import { RevocationsModule } from '../revocations';
import { SessionsModule } from '../sessions';
import { TicketsModule } from '../tickets';
import { VerificationModule } from '../verification';
import { NewPassword } from './new-password';
import { PasswordChangeDesk } from './password-change-desk';
import { PasswordChangeController } from './password-change.controller';
import { PasswordChangeService } from './password-change.service';
import { PasswordReset } from './password-reset';
import { PasswordSetter } from './password-setter';

/** New passwords, and all that ends with the old one. */
@Module({
  imports: [
    AccountsModule,
    ElevationModule,
    MailModule,
    OutboxModule,
    OwnershipModule,
    PasswordsModule,
    RedirectsModule,
    RevocationsModule,
    SessionsModule,
    TicketsModule,
    VerificationModule,
  ],
  controllers: [PasswordChangeController],
  providers: [NewPassword, PasswordChangeDesk, PasswordChangeService, PasswordReset, PasswordSetter],
})
export class PasswordChangeModule {}
