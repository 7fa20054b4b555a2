import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail';

/** Offers the trail everywhere. */
@Global()
@Module({ providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}
