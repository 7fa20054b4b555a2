import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { MailModule } from '../mail';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { AccountDataController } from './account-data.controller';
import { AccountDataRepository } from './account-data.repository';
import { AccountExports } from './account-data.service';
import { AccountDeletion } from './account-deletion';
import { FamilyFarewell } from './family-farewell';

/** A person's own data: taking it along, and taking it away. */
@Module({
  imports: [AccountsModule, ElevationModule, MailModule, MembershipsModule, RevocationsModule],
  controllers: [AccountDataController],
  providers: [AccountDataRepository, AccountDeletion, AccountExports, FamilyFarewell],
})
export class AccountDataModule {}
