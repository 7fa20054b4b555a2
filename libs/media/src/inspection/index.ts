export type { CameraFacts, CameraTime, Place } from './exif';
export { inspectMedia, type MediaFacts } from './inspect';
export { detectMediaType, readableByPictureTools, type MediaKind } from './media-type';
export { MAX_PIXELS, Unacceptable, type PictureFacts } from './picture';
