import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { PayloadTooLarge, UnsupportedMediaType, ValidationFailed } from '@nself/kernel';

/** One uploaded file on the local disk, before anything was decided about it. */
export interface Spooled {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly declaredType: string;
  /** As the client called it; for display only, never part of a path. */
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface SpoolLimits {
  readonly folder: string;
  readonly maxBytes: number;
  /** Names of the text fields that may come with the file. */
  readonly fields: readonly string[];
}

/** Characters. */
const LONGEST_NAME = 255;

type SpooledFile = Omit<Spooled, 'fields'>;

/**
 * Streams the one `file` part of a multipart request (RFC 7578) to the local disk, hashing as it flows: memory
 * stays flat whatever the size. When it throws, nothing is left on the disk.
 *
 * @throws UnsupportedMediaType, ValidationFailed, PayloadTooLarge
 */
export async function spoolUpload(request: IncomingMessage, limits: SpoolLimits): Promise<Spooled> {
  await mkdir(limits.folder, { recursive: true, mode: 0o700 });
  const path = join(limits.folder, randomUUID());
  try {
    return await readParts(request, limits, path);
  } catch (error) {
    request.unpipe().resume();
    await rm(path, { force: true });
    throw error;
  }
}

async function readParts(request: IncomingMessage, limits: SpoolLimits, path: string): Promise<Spooled> {
  const parser = openParser(request, limits);
  const fields: Record<string, string> = {};
  const faults: string[] = [];
  let writing: Promise<SpooledFile> | undefined;

  parser.on('field', (name, value, info) => {
    if (!limits.fields.includes(name) || name in fields) faults.push(`The field "${name}" is not expected.`);
    else if (info.valueTruncated) faults.push(`The field "${name}" is too long.`);
    else fields[name] = value;
  });
  parser.on('file', (name, stream, { filename, mimeType }) => {
    if (name !== 'file' || writing) {
      faults.push('Exactly one file is expected, in the field "file".');
      stream.resume();
      return;
    }
    writing = writeFile(stream, path, limits.maxBytes, filename ?? 'file', mimeType);
    writing.catch(error => parser.destroy(error));
  });

  await pipeline(request, parser).catch(broken);
  const file = await writing;
  if (!file) faults.push('A file is expected, in the field "file".');
  if (!file || faults.length > 0) throw new ValidationFailed(faults[0], { extensions: { faults } });
  return { ...file, fields };
}

function openParser(request: IncomingMessage, { fields, maxBytes }: SpoolLimits): busboy.Busboy {
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) {
    throw new UnsupportedMediaType('The upload must be multipart/form-data.');
  }
  try {
    const limits = { files: 2, fields: fields.length + 5, fieldSize: 10_000, fileSize: maxBytes, parts: 20 };
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new ValidationFailed('The multipart body names no boundary.');
  }
}

async function writeFile(
  body: Readable & { truncated?: boolean },
  path: string,
  maxBytes: number,
  name: string,
  declaredType: string,
): Promise<SpooledFile> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(body, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (body.truncated) throw new PayloadTooLarge(`The file is larger than ${maxBytes} bytes.`);
  return { path, size, sha256: hash.digest('hex'), declaredType, name: shown(name) };
}

/** A name fit to be shown and kept: no control characters, no halves of characters, not too long. */
const shown = (name: string): string =>
  [...name.replace(/[\p{Cc}\p{Cs}]/gu, '')].slice(0, LONGEST_NAME).join('');

function broken(error: Error & { code?: string; status?: number }): never {
  const ours = error.status !== undefined || ['ENOSPC', 'EDQUOT', 'EIO', 'EACCES'].includes(error.code ?? '');
  throw ours ? error : new ValidationFailed('The upload broke off or is not well-formed.');
}
