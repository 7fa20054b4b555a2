import { Module } from '@nestjs/common';
import { AuditModule } from '@nself/audit';
import { IdentityModule } from '@nself/identity';
import { TenancyModule } from '@nself/tenancy';
import { AuditTrailModule } from './audit-trail';
import { MediaItemsModule } from './media';
import { UploadsModule } from './uploads';

/** What generated GraphQL cannot say: files in and out, and what happened. */
@Module({
  imports: [
    IdentityModule.forRoot(),
    TenancyModule.forRoot({ groups: true }),
    AuditModule,
    UploadsModule,
    MediaItemsModule,
    AuditTrailModule,
  ],
})
export class ApiModule {}
