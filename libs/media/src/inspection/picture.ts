import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';

/** A decoded picture as people see it: width and height in pixels after its orientation was applied. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1 to 8; 1 is upright. */
  readonly orientation: number;
}

/** Says, for people, why a file is not taken. */
export class Unacceptable extends Error {}

export const MAX_PIXELS = 120_000_000;
const DECODE_DEADLINE_MS = 30_000;

/**
 * Decodes the whole picture, so that a cut or damaged one is found now and not by a grandmother later.
 * @throws Unacceptable
 */
export async function readPicture(path: string, mimeType: string): Promise<PictureFacts> {
  return mimeType === 'image/heic' || mimeType === 'image/heif' ? readHeic(path) : readWithSharp(path);
}

async function readWithSharp(path: string): Promise<PictureFacts> {
  const picture = sharp(path, { failOn: 'warning', limitInputPixels: MAX_PIXELS, sequentialRead: true });
  const facts = await picture.metadata().catch(damaged);
  await picture.stats().catch(damaged);
  const orientation = facts.orientation ?? 1;
  const [width, height] = orientation >= 5 ? [facts.height, facts.width] : [facts.width, facts.height];
  return { width, height, orientation };
}

function damaged(error: Error): never {
  if (/pixel limit/i.test(error.message)) throw tooLarge();
  throw new Unacceptable('The picture is damaged: it cannot be decoded to its end.');
}

function tooLarge(): Unacceptable {
  return new Unacceptable(`The picture has more than ${MAX_PIXELS / 1_000_000} million pixels.`);
}

interface HeicAnswer {
  readonly width?: number;
  readonly height?: number;
  readonly tooLarge?: boolean;
}

/** libheif turns the picture by itself, so what comes back is upright already. */
async function readHeic(path: string): Promise<PictureFacts> {
  const answer = await askHeicWorker(path);
  if (answer.tooLarge) throw tooLarge();
  if (!answer.width || !answer.height)
    throw new Unacceptable('The picture is damaged: it cannot be decoded to its end.');
  return { width: answer.width, height: answer.height, orientation: 1 };
}

function askHeicWorker(path: string): Promise<HeicAnswer> {
  const worker = new Worker(join(__dirname, 'heic.worker.cjs'), {
    workerData: { path, maxPixels: MAX_PIXELS },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const deadline = setTimeout(() => void worker.terminate(), DECODE_DEADLINE_MS);
  return new Promise<HeicAnswer>(resolve => {
    worker.once('message', resolve);
    worker.once('error', () => resolve({}));
    worker.once('exit', () => resolve({}));
  }).finally(() => {
    clearTimeout(deadline);
    void worker.terminate();
  });
}
