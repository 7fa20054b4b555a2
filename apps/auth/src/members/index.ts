import { Module } from '@nestjs/common';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { MemberList } from './member-list';
import { MemberController } from './member.controller';
import { MemberRepository } from './member.repository';
import { MemberService } from './member.service';

/** Who belongs to a family: seeing them, changing their role, letting them go. */
@Module({
  imports: [MembershipsModule, RevocationsModule],
  controllers: [MemberController],
  providers: [MemberList, MemberRepository, MemberService],
})
export class MembersModule {}
