import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';

export type MediaKind = 'photo' | 'video' | 'audio';

/** What a family may put into its albums; everything else is refused, however it is called. */
const ACCEPTED: Readonly<Record<string, MediaKind>> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'image/gif': 'photo',
  'image/avif': 'photo',
  'image/heic': 'photo',
  'image/heif': 'photo',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/ogg': 'audio',
  'audio/flac': 'audio',
};

/** Types that clients and detectors spell differently and that mean the same bytes. */
const SAME: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/heif-sequence': 'image/heif',
  'image/heic-sequence': 'image/heic',
  'audio/x-m4a': 'audio/mp4',
};

const ENOUGH_TO_TELL = 4100;

export interface DetectedType {
  readonly mimeType: string;
  readonly kind: MediaKind;
}

/** Tells a file's type by its first bytes, never by its name; undefined when it is none that we take. */
export async function detectMediaType(path: string): Promise<DetectedType | undefined> {
  const found = await fileTypeFromBuffer(await firstBytes(path));
  const mimeType = canonicalType(found?.mime ?? '');
  const kind = ACCEPTED[mimeType];
  return kind && { mimeType, kind };
}

/** A declared type agrees when it is the detected one, or so general that it claims nothing. */
export function agrees(declared: string, detected: string): boolean {
  const said = canonicalType(declared);
  if (said === '' || said === 'application/octet-stream') return true;
  return said === detected || (isHeif(said) && isHeif(detected));
}

/** Whether smaller pictures can be made of it; HEIC waits for a decoder that runs everywhere. */
export const readableByPictureTools = (mimeType: string): boolean =>
  ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'].includes(mimeType);

function canonicalType(type: string): string {
  const bare = type.replace(/;.*$/s, '').trim().toLowerCase();
  return SAME[bare] ?? bare;
}

function isHeif(type: string): boolean {
  return type === 'image/heic' || type === 'image/heif';
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ENOUGH_TO_TELL), 0, ENOUGH_TO_TELL, 0);
    return new Uint8Array(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
