export { isUnderClaim, markEffect, underClaim } from './effect';
export { IdempotencyInterceptor, REPLAY_HEADER } from './idempotency.interceptor';
export { IdempotencyStore, type Claim, type KeptAnswer, type KeyedRequest } from './idempotency-store';
