export { objectPath, signPath, verifyPath, type SignedPath } from './link';
export { openHolder, sealHolder } from './holder';
