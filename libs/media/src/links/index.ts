export { signPath, verifyPath, type SignedPath } from './link';
