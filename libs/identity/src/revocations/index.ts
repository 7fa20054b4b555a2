export {
  hits,
  holderOf,
  parseRevocation,
  REVOCATION_CHANNEL,
  type Holder,
  type Revocation,
} from './revocation';
export { RevocationFeed } from './revocation-feed';
export { Revocations } from './revocations';
