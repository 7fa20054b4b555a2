export { Limiter, type Bucket, type Limit } from './limiter';
