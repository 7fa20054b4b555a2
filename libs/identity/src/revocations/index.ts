export { hits, parseRevocation, REVOCATION_CHANNEL, type Revocation } from './revocation';
export { RevocationFeed } from './revocation-feed';
export { Revocations } from './revocations';
