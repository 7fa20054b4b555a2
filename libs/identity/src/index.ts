/**
 * Who is asking: verifies access tokens, knows which were revoked, guards routes, and names the actor.
 */
export * from './actor';
export * from './guards';
export { KeyRates } from './key-rates';
export { IdentityModule, type IdentityOptions } from './identity.module';
export { identitySettings } from './identity.settings';
export * from './revocations';
export * from './tokens';
