import { defineSettings, duration, integer, oneOf, secret, text, url } from '@nself/kernel';

/** Where objects are kept and how links to them are signed. */
export const storageSettings = defineSettings('storage', {
  driver: {
    env: 'STORAGE_DRIVER',
    meaning: 'Where objects are kept: in a local folder or in an S3 service.',
    shape: oneOf(['file', 's3']),
    default: 'file',
  },
  path: {
    env: 'STORAGE_PATH',
    meaning: 'Folder of the objects when they are kept locally, and of uploads while they arrive.',
    shape: text(),
  },
  endpoint: { env: 'S3_ENDPOINT', meaning: 'Address of the S3 service.', shape: url(), optional: true },
  accessKey: {
    env: 'S3_ACCESS_KEY',
    meaning: 'Access key for the S3 service.',
    shape: text(),
    optional: true,
  },
  secretKey: {
    env: 'S3_SECRET_KEY',
    meaning: 'Secret key for the S3 service.',
    shape: text({ secret: true }),
    optional: true,
  },
  region: { env: 'S3_REGION', meaning: 'Region of the buckets.', shape: text(), default: 'us-east-1' },
  bucket: {
    env: 'S3_BUCKET',
    meaning: 'The bucket, when one serves all families.',
    shape: text(),
    default: 'nself',
  },
  layout: {
    env: 'STORAGE_LAYOUT',
    meaning: 'One bucket with the family leading each key, or a bucket for each family.',
    shape: oneOf(['prefix', 'bucket']),
    default: 'prefix',
  },
  signingKey: {
    env: 'STORAGE_SIGNING_KEY',
    meaning: 'Signs links to single objects; hexadecimal.',
    shape: secret({ minBytes: 32 }),
  },
  linkLife: {
    env: 'STORAGE_LINK_LIFE',
    meaning: 'How long a signed link opens its object, unless its holder is signed out or removed before.',
    shape: duration(),
    default: 15 * 60_000,
  },
  maxUpload: {
    env: 'STORAGE_MAX_UPLOAD_BYTES',
    meaning: 'Largest file that is taken in one upload, in bytes.',
    shape: integer({ min: 1 }),
    default: 2 * 1024 ** 3,
  },
  sweepGrace: {
    env: 'STORAGE_SWEEP_GRACE',
    meaning:
      'After this without a sign of life an unfinished upload counts as broken off and is cleared away.',
    shape: duration(),
    default: 60_000,
  },
});
