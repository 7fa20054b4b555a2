import { Module } from '@nestjs/common';
import { AuditModule } from '@nself/audit';
import { IdentityModule } from '@nself/identity';
import { TenancyModule } from '@nself/tenancy';
import { AdmissionModule } from './admission';

@Module({ imports: [AuditModule, IdentityModule.forRoot(), TenancyModule.forRoot(), AdmissionModule] })
export class GatewayModule {}
