import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { DevicesModule } from '../devices';
import { FamiliesModule } from '../families';
import { MailModule } from '../mail';
import { MembershipsModule } from '../memberships';
import { MfaModule } from '../mfa';
import { RedirectsModule } from '../redirects';
import { SessionsModule } from '../sessions';
import { SignInModule } from '../sign-in';
import { PairingApproval } from './pairing-approval';
import { PairingDesk } from './pairing-desk';
import { PairingNotice } from './pairing-notice';
import { PairingPage } from './pairing-page';
import { PairingPageController } from './pairing-page.controller';
import { PairingPoll } from './pairing-poll';
import { PairingStart } from './pairing-start';
import { PairingController } from './pairing.controller';
import { PairingRepository } from './pairing.repository';

/** Pairing of devices by a code that is typed elsewhere (RFC 8628). */
@Module({
  imports: [
    AccountsModule,
    MailModule,
    DevicesModule,
    FamiliesModule,
    MembershipsModule,
    MfaModule,
    RedirectsModule,
    SessionsModule,
    SignInModule,
  ],
  controllers: [PairingController, PairingPageController],
  providers: [
    PairingApproval,
    PairingDesk,
    PairingNotice,
    PairingPage,
    PairingPoll,
    PairingRepository,
    PairingStart,
  ],
})
export class PairingModule {}
