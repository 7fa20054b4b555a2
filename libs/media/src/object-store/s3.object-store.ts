import { rm } from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Client, type BucketItemFromList, type ClientOptions } from 'minio';
import { assertKey, familyOf } from './object-key';
import {
  type ByteRange,
  ObjectMissing,
  type ObjectInfo,
  type ObjectStore,
  type StoredObject,
} from './object-store';

/** `prefix`: one bucket, the family leads the key. `bucket`: a bucket `family-<id>` each, the family left out of the key. */
export type StorageLayout = 'prefix' | 'bucket';

export interface S3Options {
  readonly endpoint: URL;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  readonly bucket: string;
  readonly layout: StorageLayout;
}

interface Place {
  readonly bucket: string;
  readonly name: string;
}

// The client buffers a part before it sends it; its own default of 64 MiB costs memory and gains nothing.
const PART_SIZE = 8 * 1024 * 1024;
const FAMILY_BUCKET = /^family-([0-9a-f-]{36})$/;

/** Objects in any plain S3 service. Relies on nothing but put, get with range, head, list and delete. */
export class S3ObjectStore implements ObjectStore {
  private readonly client: Client;
  private readonly known = new Set<string>();

  constructor(private readonly options: S3Options) {
    this.client = new Client(clientOptions(options));
  }

  async put(key: string, bytes: Buffer): Promise<ObjectInfo> {
    const { bucket, name } = await this.openPlace(key);
    await this.client.putObject(bucket, name, bytes, bytes.length);
    return this.stored(key);
  }

  async adopt(key: string, path: string): Promise<ObjectInfo> {
    const { bucket, name } = await this.openPlace(key);
    await this.client.fPutObject(bucket, name, path);
    await rm(path);
    return this.stored(key);
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    const { bucket, name } = this.placeOf(key);
    const asked = range
      ? this.client.getPartialObject(bucket, name, range.start, range.end - range.start + 1)
      : this.client.getObject(bucket, name);
    const stream = await asked.catch(absent);
    if (!stream) throw new ObjectMissing(key);
    return { stream, size: sizeTold(stream) ?? (await this.stored(key)).size };
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const { bucket, name } = this.placeOf(key);
    const found = await this.client.statObject(bucket, name).catch(absent);
    return found && { key, size: found.size, modifiedAt: found.lastModified };
  }

  async delete(key: string): Promise<void> {
    const { bucket, name } = this.placeOf(key);
    await this.client.removeObject(bucket, name).catch(absent);
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    if (this.options.layout === 'prefix') yield* this.listBucket(this.options.bucket, prefix, '');
    else yield* this.listFamilies(prefix);
  }

  async check(): Promise<void> {
    await this.ensureBucket(this.options.bucket);
    await this.client.bucketExists(this.options.bucket);
  }

  private async *listFamilies(prefix: string): AsyncIterable<ObjectInfo> {
    const [family = '', ...rest] = prefix.split('/');
    for (const { name } of await this.client.listBuckets()) {
      const owner = FAMILY_BUCKET.exec(name)?.[1];
      if (owner?.startsWith(family)) yield* this.listBucket(name, rest.join('/'), `${owner}/`);
    }
  }

  private async *listBucket(bucket: string, prefix: string, lead: string): AsyncIterable<ObjectInfo> {
    if (!(await this.client.bucketExists(bucket))) return;
    const items = this.client.listObjectsV2(bucket, prefix, true) as AsyncIterable<
      BucketItemFromList & { name: string; size: number; lastModified: Date }
    >;
    for await (const item of items) {
      yield { key: lead + item.name, size: item.size, modifiedAt: item.lastModified };
    }
  }

  private async stored(key: string): Promise<ObjectInfo> {
    const info = await this.head(key);
    if (!info) throw new ObjectMissing(key);
    return info;
  }

  private placeOf(key: string): Place {
    assertKey(key);
    if (this.options.layout === 'prefix') return { bucket: this.options.bucket, name: key };
    const family = familyOf(key);
    return { bucket: `family-${family}`, name: key.slice(family.length + 1) };
  }

  private async openPlace(key: string): Promise<Place> {
    const place = this.placeOf(key);
    await this.ensureBucket(place.bucket);
    return place;
  }

  private async ensureBucket(bucket: string): Promise<void> {
    if (this.known.has(bucket)) return;
    if (!(await this.client.bucketExists(bucket))) {
      await this.client.makeBucket(bucket, this.options.region).catch(taken);
    }
    this.known.add(bucket);
  }
}

function clientOptions({ endpoint, accessKey, secretKey, region }: S3Options): ClientOptions {
  const secure = endpoint.protocol === 'https:';
  const port = Number(endpoint.port || (secure ? 443 : 80));
  return {
    endPoint: endpoint.hostname,
    port,
    useSSL: secure,
    accessKey,
    secretKey,
    region,
    partSize: PART_SIZE,
    pathStyle: true,
  };
}

/** Size of the whole object by the headers of an answer (RFC 9110, sections 8.6 and 14.4), where they tell it. */
function sizeTold(answer: Readable): number | undefined {
  if (!(answer instanceof IncomingMessage)) return undefined;
  const { 'content-range': range, 'content-length': length } = answer.headers;
  const told = range === undefined ? length : /\/(\d+)$/.exec(range)?.[1];
  return told === undefined ? undefined : Number(told);
}

function absent(error: { code?: string }): undefined {
  if (error.code === 'NotFound' || error.code === 'NoSuchKey' || error.code === 'NoSuchBucket')
    return undefined;
  throw error;
}

/** Two first uploads may race to make the bucket; whoever comes second finds it made. */
function taken(error: { code?: string }): void {
  if (error.code !== 'BucketAlreadyOwnedByYou' && error.code !== 'BucketAlreadyExists') throw error;
}
