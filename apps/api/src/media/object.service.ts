import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, LinkInvalid, NotFound, RangeNotSatisfiable, type SettingsOf } from '@nself/kernel';
import { Revocations } from '@nself/identity';
import { logger } from '@nself/observability';
import {
  type ByteRange,
  objectPath,
  OBJECT_STORE,
  openHolder,
  ObjectMissing,
  type ObjectStore,
  storageSettings,
  verifyPath,
} from '@nself/media';
import { serviceContext, TenantGroup } from '@nself/tenancy';
import type { Request, Response } from 'express';
import type { LinkQueryDto, ObjectPathDto } from './media.dto';
import { MediaRepository, objectFrom, type ObjectRow } from './media.repository';

const log = logger('objects');
const GONE = 'The object is not there any more.';

/** Sends the bytes behind a signed link, whole or in part (RFC 9110, sections 13 and 14). */
@Injectable()
export class ObjectService {
  constructor(
    private readonly groups: TenantGroup,
    private readonly media: MediaRepository,
    private readonly clock: Clock,
    private readonly revocations: Revocations,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(storageSettings.token) private readonly settings: SettingsOf<typeof storageSettings>,
  ) {}

  async send(path: ObjectPathDto, link: LinkQueryDto, request: Request, response: Response): Promise<void> {
    const object = await this.open(path, link);
    describe(response, object);
    if (isKnown(request, object)) return void response.status(304).end();
    if (request.method === 'HEAD') return this.announce(object, response);
    const range = await this.rangeOf(request, object);
    const { stream, size } = await this.store.get(object.object_key, range).catch(gone);
    announceLength(response, size, range);
    await pipeline(stream, response).catch((error: Error) =>
      log.debug({ err: error }, 'the receiver went away'),
    );
  }

  private async announce(object: ObjectRow, response: Response): Promise<void> {
    announceLength(response, await this.sizeOf(object));
    response.end();
  }

  /** Only who asks for a part makes the store be asked for the size beforehand. */
  private async rangeOf(request: Request, object: ObjectRow): Promise<ByteRange | undefined> {
    const isWhole = request.headers.range === undefined || isOutdated(request, object);
    return isWhole ? undefined : wantedRange(request, await this.sizeOf(object));
  }

  private async sizeOf({ object_key: key }: ObjectRow): Promise<number> {
    const info = await this.store.head(key);
    return info ? info.size : gone(new ObjectMissing(key));
  }

  private async open(path: ObjectPathDto, link: LinkQueryDto): Promise<ObjectRow> {
    const { familyId, itemId, variant } = path;
    this.assertGood(objectPath(familyId, itemId, variant), link);
    const statement = this.media.object(itemId, variant === 'original' ? undefined : variant);
    const [rows = []] = await this.groups.run(serviceContext(familyId), [statement]);
    const object = objectFrom(rows[0]);
    if (!object) throw new NotFound(GONE);
    return object;
  }

  /** @throws LinkInvalid; Unauthenticated when its holder was signed out, removed or the like since */
  private assertGood(path: string, link: LinkQueryDto): void {
    const key = Buffer.from(this.settings.signingKey, 'hex');
    const holder = openHolder(link.holder, path, key);
    if (!holder || !verifyPath(path, link, this.clock.now(), key)) throw new LinkInvalid();
    this.revocations.assertLive(holder);
  }
}

/** Pictures and clips may be shown in a page; nothing of a family's is kept by caches that others share. */
function describe(response: Response, { mime_type, sha256, name }: ObjectRow): void {
  response.set({
    'content-type': mime_type,
    'cache-control': 'private, max-age=3600',
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline${name ? `; filename*=UTF-8''${encodeURIComponent(name)}` : ''}`,
  });
  if (sha256) response.set('etag', `"${sha256}"`);
}

/** Whether the client has these bytes already (RFC 9110, section 13.1.2). */
function isKnown(request: Request, { sha256 }: ObjectRow): boolean {
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || (sha256 !== null && known.includes(`"${sha256}"`));
}

function wantedRange(request: Request, size: number): ByteRange | undefined {
  const ranges = request.range(size, { combine: true });
  if (ranges === undefined || ranges === -2) return undefined;
  if (ranges === -1) throw new RangeNotSatisfiable(undefined, { extensions: { size } });
  const [range] = ranges;
  return ranges.type === 'bytes' && ranges.length === 1 ? range : undefined;
}

/** Whether a part of older bytes was asked for, which would not fit (RFC 9110, section 13.1.5). */
function isOutdated(request: Request, { sha256 }: ObjectRow): boolean {
  const expected = request.headers['if-range'];
  return expected !== undefined && expected !== `"${sha256}"`;
}

function announceLength(response: Response, size: number, range?: ByteRange): void {
  if (!range) return void response.status(200).set('content-length', String(size));
  response.status(206).set({
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
    'content-length': String(range.end - range.start + 1),
  });
}

function gone(error: unknown): never {
  throw error instanceof ObjectMissing ? new NotFound(GONE, { cause: error }) : error;
}
