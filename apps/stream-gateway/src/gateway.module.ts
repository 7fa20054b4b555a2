import { Module } from '@nestjs/common';
import { IdentityModule } from '@nself/identity';
import { TenancyModule } from '@nself/tenancy';
import { AdmissionModule } from './admission';

@Module({ imports: [IdentityModule.forRoot(), TenancyModule.forRoot(), AdmissionModule] })
export class GatewayModule {}
