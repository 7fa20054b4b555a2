import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { GateModule } from '../gate';
import { OutboxModule } from '../outbox';
import { SignUpModule } from '../sign-up';
import { TicketsModule } from '../tickets';
import { PhonePeople } from './phone-people';
import { SmsCodeSignIn } from './sms-code-sign-in';
import { SmsSender } from './sms-sender';
import { NhostSmsController } from './sms.nhost.controller';
import { SmsService } from './sms.service';

export { smsSettings } from './sms-sender';

/** Signing in by a code that comes as a text message. */
@Module({
  imports: [AccountsModule, GateModule, OutboxModule, SignUpModule, TicketsModule],
  controllers: [NhostSmsController],
  providers: [PhonePeople, SmsCodeSignIn, SmsSender, SmsService],
})
export class SmsModule {}
