import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { MailModule } from '../mail';
import { MembershipsModule } from '../memberships';
import { RedirectsModule } from '../redirects';
import { SessionsModule } from '../sessions';
import { InvitationAcceptance } from './invitation-acceptance';
import { InvitationController } from './invitation.controller';
import { InvitationRepository } from './invitation.repository';
import { InvitationService } from './invitation.service';

export type { OpenInvitation } from './invitation';
export { InvitationAcceptance } from './invitation-acceptance';

/** Invitations: made by stewards of a family, accepted by whoever is meant. */
@Module({
  imports: [AccountsModule, MailModule, MembershipsModule, RedirectsModule, SessionsModule],
  controllers: [InvitationController],
  providers: [InvitationAcceptance, InvitationRepository, InvitationService],
  exports: [InvitationAcceptance],
})
export class InvitationsModule {}
