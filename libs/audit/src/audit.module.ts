import { Global, Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { AuditTrail } from './audit-trail';
import { RefusalWatch } from './refusal-watch';

/** Offers the trail everywhere, and tells it of whoever is refused. */
@Global()
@Module({ providers: [AuditTrail, RefusalWatch], exports: [AuditTrail] })
export class AuditModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(RefusalWatch).forRoutes('{*path}');
  }
}
