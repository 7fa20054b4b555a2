import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { LandingModule } from '../landing';
import { MailModule } from '../mail';
import { OutboxModule } from '../outbox';
import { OwnershipModule } from '../ownership';
import { RedirectsModule } from '../redirects';
import { RevocationsModule } from '../revocations';
import { TicketsModule } from '../tickets';
import { LinkSender } from './link-sender';
import { VerificationDesk } from './verification-desk';
import { VerificationRequest } from './verification-request';
import { VerificationController } from './verification.controller';
import { VerificationService } from './verification.service';

export { LinkSender, type LinkOrder } from './link-sender';
export { TicketInvalid } from './verification.errors';

/** Links that prove a mailbox: sending them, and what happens when they are used. */
@Module({
  imports: [
    AccountsModule,
    LandingModule,
    MailModule,
    OutboxModule,
    OwnershipModule,
    RedirectsModule,
    RevocationsModule,
    TicketsModule,
  ],
  controllers: [VerificationController],
  providers: [LinkSender, VerificationDesk, VerificationRequest, VerificationService],
  exports: [LinkSender],
})
export class VerificationModule {}
