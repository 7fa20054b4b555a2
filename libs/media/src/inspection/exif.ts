import { momentOf } from '@nself/kernel';
import exifr from 'exifr';

/**
 * A moment as the camera knew it: wall-clock time, and the offset from UTC when the camera wrote one.
 * Without an offset only the family's time zone can place it; EXIF itself has no better answer.
 */
export interface CameraTime {
  /** ISO 8601 without zone, such as `2008-10-22T16:28:39`. */
  readonly local: string;
  /** Such as `+03:00`. */
  readonly offset?: string;
}

export interface Place {
  /** Degrees, WGS 84; north and east are positive. */
  readonly latitude: number;
  readonly longitude: number;
}

export interface Camera {
  readonly make?: string;
  readonly model?: string;
}

export interface CameraFacts {
  readonly takenAt?: CameraTime;
  readonly camera?: Camera;
  readonly place?: Place;
}

type Tags = Readonly<Record<string, unknown>>;

const OPTIONS = {
  tiff: true,
  exif: true,
  gps: true,
  ifd1: false,
  reviveValues: false,
  translateValues: false,
} as const;

/** Reads what the camera wrote. A picture without EXIF, or with a broken one, simply tells nothing. */
export async function readCameraFacts(path: string): Promise<CameraFacts> {
  const tags = await exifr.parse(path, OPTIONS).then(found => (found ?? {}) as Tags, unreadable);
  return { takenAt: takenAt(tags), camera: camera(tags), place: place(tags) };
}

/** Only the picture's own bytes decide whether it is taken; its notes may be missing or unreadable. */
function unreadable(): Tags {
  return {};
}

function takenAt(tags: Tags): CameraTime | undefined {
  const stamp = text(tags['DateTimeOriginal']) ?? text(tags['CreateDate']) ?? text(tags['ModifyDate']);
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(stamp ?? '');
  if (!parts) return undefined;
  const local = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}`;
  if (!momentOf(`${local}Z`)) return undefined;
  const offset = text(tags['OffsetTimeOriginal']) ?? text(tags['OffsetTime']);
  return /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset ?? '') ? { local, offset } : { local };
}

function camera(tags: Tags): Camera | undefined {
  const make = text(tags['Make']);
  const model = text(tags['Model']);
  return make || model ? { make, model } : undefined;
}

function place(tags: Tags): Place | undefined {
  const { latitude, longitude } = tags;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onEarth ? { latitude, longitude } : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.replace(/\0.*$/s, '').trim().slice(0, 200);
  return clean === '' ? undefined : clean;
}
