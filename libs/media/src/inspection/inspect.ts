import { type CameraFacts, readCameraFacts } from './exif';
import { agrees, detectMediaType, type DetectedType } from './media-type';
import { type PictureFacts, readPicture, Unacceptable } from './picture';

export interface MediaFacts extends DetectedType, CameraFacts {
  readonly picture?: PictureFacts;
}

/**
 * Looks at an uploaded file as it is, believing nothing that was said about it.
 * @throws Unacceptable with the reason, in words for the person who uploads
 */
export async function inspectMedia(path: string, declaredType: string): Promise<MediaFacts> {
  const type = await detectMediaType(path);
  if (!type)
    throw new Unacceptable('This kind of file is not taken; pictures, videos and sound recordings are.');
  if (!agrees(declaredType, type.mimeType)) {
    throw new Unacceptable(
      `The file says it is ${declaredType.slice(0, 80)} but its content is ${type.mimeType}.`,
    );
  }
  if (type.kind !== 'photo') return type;
  const picture = await readPicture(path, type.mimeType);
  return { ...type, ...(await readCameraFacts(path)), picture };
}
