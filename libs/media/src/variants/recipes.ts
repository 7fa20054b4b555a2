import { encode } from 'blurhash';
import sharp from 'sharp';
import { MAX_PIXELS } from '../inspection';

/** A smaller picture of a media item. The version grows when the recipe changes, and with it the object's key. */
export interface Recipe {
  readonly variant: string;
  /** Longest side in pixels; smaller originals are not enlarged. */
  readonly longest: number;
  readonly version: number;
}

export const pictureRecipes: readonly Recipe[] = [
  { variant: 'thumb', longest: 320, version: 1 },
  { variant: 'medium', longest: 1280, version: 1 },
];

export interface MadePicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly mimeType: 'image/webp';
}

/** Turned upright, and without EXIF: where a picture was taken stays with the original. */
export async function makePicture(original: Buffer, { longest }: Recipe): Promise<MadePicture> {
  const { data, info } = await open(original)
    .rotate()
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height, mimeType: 'image/webp' };
}

/** A few characters that stand for the picture until it is there (blurha.sh). */
export async function makeBlurhash(original: Buffer): Promise<string> {
  const { data, info } = await open(original)
    .rotate()
    .resize({ width: 32, height: 32, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}

const open = (bytes: Buffer): sharp.Sharp => sharp(bytes, { limitInputPixels: MAX_PIXELS });
