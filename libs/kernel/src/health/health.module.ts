import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthChecks, type HealthCheck } from './health-checks';
import { HealthController } from './health.controller';

/** `/health`, `/ready` and `/metrics` of a service; modules add their checks through {@link HealthChecks}. */
@Global()
@Module({})
export class HealthModule {
  static forRoot(checks: readonly HealthCheck[] = []): DynamicModule {
    const list = new HealthChecks();
    for (const each of checks) list.add(each);
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [{ provide: HealthChecks, useValue: list }],
      exports: [HealthChecks],
    };
  }
}
