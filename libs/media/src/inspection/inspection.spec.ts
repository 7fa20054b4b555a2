import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describeWithSamples, samplePath } from '../../../../test/support/samples';
import { inspectMedia } from './inspect';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nself-inspection-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, data: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, data);
  return path;
}

const picture = () =>
  sharp({
    create: {
      width: 600,
      height: 400,
      channels: 3,
      background: '#336699',
      noise: { type: 'gaussian', mean: 100, sigma: 40 },
    },
  });

describe('inspection of an upload', () => {
  it('reads size and orientation as people see them', async () => {
    const path = await file('turned.jpg', await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const facts = await inspectMedia(path, 'image/jpeg');
    expect(facts).toMatchObject({
      kind: 'photo',
      mimeType: 'image/jpeg',
      picture: { width: 400, height: 600, orientation: 6 },
    });
  });

  it.each([
    ['2021:02:27 10:00:00', '2021-02-27T10:00:00'],
    ['2021:02:31 10:00:00', undefined],
    ['0000:01:01 00:00:00', undefined],
  ])('takes a camera at its word about %s only when there is such a moment', async (said, local) => {
    const exif = { IFD2: { DateTimeOriginal: said } };
    const path = await file('dated.jpg', await picture().withExif(exif).jpeg().toBuffer());
    expect((await inspectMedia(path, 'image/jpeg')).takenAt?.local).toBe(local);
  });

  it('refuses a picture that was cut off', async () => {
    const path = await file('cut.jpg', await picture().jpeg().toBuffer());
    await truncate(path, 20_000);
    await expect(inspectMedia(path, 'image/jpeg')).rejects.toThrow('damaged');
  });

  it('refuses content that is not what it says', async () => {
    const path = await file('png.jpg', await picture().png().toBuffer());
    await expect(inspectMedia(path, 'image/jpeg')).rejects.toThrow('its content is image/png');
  });

  it.each([
    ['a page', '<!doctype html><script>alert(1)</script>', 'text/html'],
    [
      'a drawing with script',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'image/svg+xml',
    ],
    ['a page that claims to be a picture', '<html></html>', 'image/jpeg'],
    ['nothing', '', 'image/jpeg'],
  ])('refuses %s', async (name, content, type) => {
    await expect(inspectMedia(await file(name, content), type)).rejects.toThrow('not taken');
  });

  it('takes a picture whose sender claims nothing', async () => {
    const path = await file('unnamed', await picture().webp().toBuffer());
    await expect(inspectMedia(path, 'application/octet-stream')).resolves.toMatchObject({
      mimeType: 'image/webp',
    });
  });
});

describeWithSamples('inspection of real pictures', () => {
  it.each([
    [
      'DSCN0010.jpg',
      {
        takenAt: { local: '2008-10-22T16:28:39' },
        camera: { make: 'NIKON', model: 'COOLPIX P6000' },
        place: { latitude: 43.467448, longitude: 11.885127 },
      },
    ],
    [
      'HMD_Nokia_8.3_5G.jpg',
      {
        takenAt: { local: '2022-08-14T14:12:31', offset: '+03:00' },
        place: { latitude: 60.146706, longitude: 24.906772 },
      },
    ],
    [
      'IMG_5195.HEIC',
      {
        takenAt: { local: '2021-04-11T15:47:53', offset: '-05:00' },
        place: { latitude: 39.051344, longitude: -94.288772 },
      },
    ],
  ])('%s: time, camera and place', async (name, expected) => {
    const facts = await inspectMedia(samplePath(`photos/${name}`), '');
    expect(facts.takenAt).toEqual(expected.takenAt);
    expect(facts.place!.latitude).toBeCloseTo(expected.place.latitude, 5);
    expect(facts.place!.longitude).toBeCloseTo(expected.place.longitude, 5);
    if ('camera' in expected) expect(facts.camera).toEqual(expected.camera);
  });

  it.each([
    ['canon_hdr_NO.jpg', { width: 1536, height: 2048, orientation: 6 }],
    ['landscape_3.jpg', { width: 600, height: 450, orientation: 3 }],
    ['portrait_6.jpg', { width: 450, height: 600, orientation: 6 }],
    ['IMG_5195.HEIC', { width: 2566, height: 3313, orientation: 1 }],
    ['no_exif.jpg', { width: 322, height: 466, orientation: 1 }],
  ])('%s: size as people see it', async (name, expected) => {
    expect((await inspectMedia(samplePath(`photos/${name}`), '')).picture).toEqual(expected);
  });

  it('corrupted.jpg is refused', async () => {
    await expect(inspectMedia(samplePath('photos/corrupted.jpg'), 'image/jpeg')).rejects.toThrow('damaged');
    expect((await readFile(samplePath('photos/corrupted.jpg'))).length).toBeGreaterThan(1_000_000);
  });
});
