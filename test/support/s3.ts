export interface TestS3 {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** The S3 of the tests: the local one, or the server that S3_TEST_ENDPOINT names. */
export function testS3(): TestS3 {
  const { S3_TEST_ENDPOINT, S3_TEST_ACCESS_KEY, S3_TEST_SECRET_KEY, S3_TEST_REGION } = process.env;
  return {
    endpoint: S3_TEST_ENDPOINT ?? '',
    accessKey: S3_TEST_ACCESS_KEY ?? '',
    secretKey: S3_TEST_SECRET_KEY ?? '',
    region: S3_TEST_REGION ?? 'us-east-1',
  };
}
