export { objectPath, signPath, verifyPath, type SignedPath } from './link';
