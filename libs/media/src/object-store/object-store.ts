import type { Readable } from 'node:stream';

/** What is known of a stored object: its size in bytes and when it was written. */
export interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** Bytes `start` to `end`, both counted from 0 and both included, as in RFC 9110 section 14.1.2. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredObject {
  readonly stream: Readable;
  /** Size of the whole object, not of the range that was asked for. */
  readonly size: number;
}

/**
 * Where bytes live. Two drivers keep this contract: local files and S3; one contract suite runs over both.
 *
 * An object is there whole or not at all, whatever crashes; what a call acknowledged survives a kill.
 * Nothing beyond plain S3 is promised: no metadata, no versions, no listing order. What an object *means*
 * (type, owner, visibility) is a row in Postgres.
 */
export interface ObjectStore {
  /** Stores bytes that are in memory already, such as a small picture, replacing what was there. */
  put(key: string, bytes: Buffer): Promise<ObjectInfo>;
  /** Stores a local file of any size under the key; the driver may take the file itself, so it is gone afterwards. */
  adopt(key: string, path: string): Promise<ObjectInfo>;
  /** @throws ObjectMissing */
  get(key: string, range?: ByteRange): Promise<StoredObject>;
  head(key: string): Promise<ObjectInfo | undefined>;
  /** Deleting what is not there is no error: a repeated delete ends in the same state. */
  delete(key: string): Promise<void>;
  /** Every object below the prefix, a family's id for all that a family has. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** Rejects when the store cannot take writes. */
  check(): Promise<void>;
}

/** Nest's name for the store in use. */
export const OBJECT_STORE = Symbol('object store');

/** The key names no object. */
export class ObjectMissing extends Error {
  constructor(readonly key: string) {
    super('The object is not in the store.');
  }
}
