/** What specs need of the real world: databases, Redis, S3, and whole stacks of service processes. */
export { anyFreePort } from '../../libs/dev-stack/src';
export { emptyDatabase, testDatabase, type EmptyDatabase, type TestDatabase } from './database';
export { describeWithPostgis } from './postgis';
export { testRedis, type TestRedis } from './redis';
export { testS3, type TestS3 } from './s3';
export { testStack, TestStack, type TestStackOptions } from './stack';
export { Installation, type Finished, type InstallationOptions, type Status } from './installation';
export { expectStatus, Person, send, type Answer, type Call, type Services } from '../../seeds';
export { LiveQuery } from './live-query';
export { describeWithSamples, haveSamples, sample } from './samples';
