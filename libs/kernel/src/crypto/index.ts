export { constantTimeEqual, open, randomToken, seal, SealBroken, sha256 } from './crypto';
