/** What happened, who did it, to what: written once, never changed. */
export { AuditTrail, type AuditEvent } from './audit-trail';
export { AuditModule } from './audit.module';
export { auditTypes, type AuditType } from './audit-types';
