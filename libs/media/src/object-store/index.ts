export { removeLeftovers } from './leftovers';
export { FileObjectStore } from './file.object-store';
export { assertKey, contentKey, familyOf, variantKey } from './object-key';
export {
  OBJECT_STORE,
  ObjectMissing,
  type ByteRange,
  type ObjectInfo,
  type ObjectStore,
  type StoredObject,
} from './object-store';
export { S3ObjectStore, type S3Options, type StorageLayout } from './s3.object-store';
