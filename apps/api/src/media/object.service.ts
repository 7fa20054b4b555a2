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
  type ObjectStore,
  storageSettings,
  verifyPath,
} from '@nself/media';
import { serviceContext, TenantTransaction } from '@nself/tenancy';
import type { Request, Response } from 'express';
import type { LinkQueryDto, ObjectPathDto } from './media.dto';
import { MediaRepository, type ObjectRow } from './media.repository';

const log = logger('objects');

/** Sends the bytes behind a signed link, whole or in part (RFC 9110, sections 13 and 14). */
@Injectable()
export class ObjectService {
  constructor(
    private readonly transaction: TenantTransaction,
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
    const info = await this.store.head(object.object_key);
    if (!info) throw new NotFound('The object is not there any more.');
    const range = wantedRange(request, info.size);
    const { stream } = await this.store.get(object.object_key, range);
    announceLength(response, info.size, range);
    await pipeline(stream, response).catch((error: Error) =>
      log.debug({ err: error }, 'the receiver went away'),
    );
  }

  private async open(path: ObjectPathDto, link: LinkQueryDto): Promise<ObjectRow> {
    const { familyId, itemId, variant } = path;
    this.assertGood(objectPath(familyId, itemId, variant), link);
    const object = await this.transaction.run(serviceContext(familyId), manager =>
      variant === 'original'
        ? this.media.findOriginal(manager, itemId)
        : this.media.findVariant(manager, itemId, variant),
    );
    if (!object) throw new NotFound('The object is not there any more.');
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

function announceLength(response: Response, size: number, range: ByteRange | undefined): void {
  if (!range) return void response.status(200).set('content-length', String(size));
  response.status(206).set({
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
    'content-length': String(range.end - range.start + 1),
  });
}
