import { Module } from '@nestjs/common';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { SessionsModule } from '../sessions';
import { FamilyFounder } from './family-founder';
import { FamilySwitch } from './family-switch';
import { FamilyController } from './family.controller';
import { FamilyRepository } from './family.repository';
import { FamilyService, FamilyStewardship } from './family.service';

export { FamilyFounder } from './family-founder';
export { FamilyRepository, type NewFamily } from './family.repository';
export { personOf } from './family.service';

/** Families as tenants: founding, changing, handing over, speaking for one. */
@Module({
  imports: [MembershipsModule, RevocationsModule, SessionsModule],
  controllers: [FamilyController],
  providers: [FamilyFounder, FamilyRepository, FamilyService, FamilyStewardship, FamilySwitch],
  exports: [FamilyFounder, FamilyRepository],
})
export class FamiliesModule {}
