import { Module } from '@nestjs/common';
import { AuditTrailController } from './audit-trail.controller';
import { AuditTrailRepository } from './audit-trail.repository';
import { AuditTrailService } from './audit-trail.service';

/** The family's audit trail, for its owners and admins. */
@Module({
  controllers: [AuditTrailController],
  providers: [AuditTrailService, AuditTrailRepository],
})
export class AuditTrailModule {}
