import { Client } from 'minio';
import { testS3 } from '../../../../test/support';

describe('the S3 of the tests', () => {
  const { endpoint, accessKey, secretKey, region } = testS3();
  const { hostname, port } = new URL(endpoint);
  const client = (secret: string): Client =>
    new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey,
      secretKey: secret,
      region,
      pathStyle: true,
    });

  it('stores for whoever signs rightly, lists beyond a thousand, and refuses everybody else', async () => {
    const s3 = client(secretKey);
    const bucket = `spec-${Date.now()}`;
    await s3.makeBucket(bucket, region);
    for (let batch = 0; batch < 11; batch++) {
      await Promise.all(
        Array.from({ length: 100 }, (_, i) => s3.putObject(bucket, `many/${batch}-${i}`, 'x')),
      );
    }
    const listed = await s3.listObjectsV2(bucket, 'many/', true).toArray();
    expect(listed).toHaveLength(1100);
    expect((await fetch(`${endpoint}/${bucket}/many/0-0`)).status).toBe(403);
    expect((await fetch(await s3.presignedGetObject(bucket, 'many/0-0', 60))).status).toBe(200);
    await expect(client('wrong').putObject(bucket, 'no', 'x')).rejects.toThrow();
  });
});
