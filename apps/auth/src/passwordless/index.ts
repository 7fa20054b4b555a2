import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { GateModule } from '../gate';
import { MailModule } from '../mail';
import { OutboxModule } from '../outbox';
import { OwnershipModule } from '../ownership';
import { RedirectsModule } from '../redirects';
import { RevocationsModule } from '../revocations';
import { SignUpModule } from '../sign-up';
import { TicketsModule } from '../tickets';
import { VerificationModule } from '../verification';
import { CodeBearers } from './code-bearers';
import { EmailCodeSignIn } from './email-code-sign-in';
import { EmailCodes } from './email-codes';
import { MailboxPeople } from './mailbox-people';
import { NhostPasswordlessController } from './passwordless.nhost.controller';
import { PasswordlessService } from './passwordless.service';

export { OneTimeCodeInvalid } from './one-time-code.errors';

/** Signing in by what is sent to a mailbox: a link or a code. */
@Module({
  imports: [
    AccountsModule,
    GateModule,
    MailModule,
    OutboxModule,
    OwnershipModule,
    RedirectsModule,
    RevocationsModule,
    SignUpModule,
    TicketsModule,
    VerificationModule,
  ],
  controllers: [NhostPasswordlessController],
  providers: [CodeBearers, EmailCodeSignIn, EmailCodes, MailboxPeople, PasswordlessService],
})
export class PasswordlessModule {}
