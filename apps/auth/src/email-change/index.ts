import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { MailModule } from '../mail';
import { VerificationModule } from '../verification';
import { EmailChangeController } from './email-change.controller';
import { EmailChangeService } from './email-change.service';

/** Another address for an account, once it is confirmed. */
@Module({
  imports: [AccountsModule, ElevationModule, MailModule, VerificationModule],
  controllers: [EmailChangeController],
  providers: [EmailChangeService],
})
export class EmailChangeModule {}
