import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { MembershipsModule } from '../memberships';
import { NhostProfileController, ProfileController } from './profile.controller';
import { ProfileService } from './profile.service';

/** Tells people who they are. */
@Module({
  imports: [AccountsModule, MembershipsModule],
  controllers: [ProfileController, NhostProfileController],
  providers: [ProfileService],
})
export class ProfileModule {}
