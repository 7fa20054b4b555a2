// The S3 of the tests: @20minutes/s3rver with what it lacks for a strict client in front of it.
'use strict';
const S3rver = require('@20minutes/s3rver');
const account = require('@20minutes/s3rver/lib/models/account');

const { S3_HOME, S3_PORT, S3_ACCESS_KEY, S3_SECRET_KEY } = process.env;

// The package knows one well-known account; ours takes its place.
account.DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
account.DUMMY_ACCOUNT.createKeyPair(S3_ACCESS_KEY, S3_SECRET_KEY);

const allowed = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'ETag, Content-Range',
};

/** Browsers may ask from everywhere: every request has to be signed anyhow. */
async function answerBrowsers(ctx, next) {
  ctx.set(allowed);
  if (ctx.method !== 'OPTIONS') return next();
  ctx.status = 204;
}

/** The package serves private objects to strangers; S3 does not. */
async function refuseStrangers(ctx, next) {
  const form = ctx.method === 'POST' && ctx.is('multipart/form-data');
  if (ctx.get('authorization') || ctx.query['X-Amz-Signature'] || form) return next();
  ctx.status = 403;
  ctx.type = 'application/xml';
  ctx.body =
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
}

/** minio's client asks for unfinished uploads before every streamed one; the package keeps none. */
async function listNoUnfinishedUploads(ctx, next) {
  if (ctx.method !== 'GET' || !('uploads' in ctx.query)) return next();
  const bucket = ctx.path.split('/')[1];
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><ListMultipartUploadsResult><Bucket>${bucket}</Bucket><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`;
}

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(S3_PORT),
  directory: S3_HOME,
  silent: true,
  allowMismatchedSignatures: false,
});
server.middleware.unshift(answerBrowsers, refuseStrangers, listNoUnfinishedUploads);
server.run().then(
  ({ port }) => console.log(`s3 on ${port}`),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
process.on('SIGTERM', () => process.exit(0));
