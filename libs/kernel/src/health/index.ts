export { HealthChecks, type HealthCheck } from './health-checks';
export { type Readiness } from './health.controller';
export { HealthModule } from './health.module';
