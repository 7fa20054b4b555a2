import { Module } from '@nestjs/common';
import { FamilyDoor } from './family-door';
import { MembershipRepository } from './membership.repository';

export { FamilyDoor } from './family-door';
export {
  familyView,
  isOpen,
  mayStill,
  ownFamilyFrom,
  type FamilyView,
  type Membership,
  type MemberState,
  type OwnFamily,
} from './membership';
export { MembershipRepository } from './membership.repository';

/** Who belongs to which family, and as what. */
@Module({ providers: [FamilyDoor, MembershipRepository], exports: [FamilyDoor, MembershipRepository] })
export class MembershipsModule {}
