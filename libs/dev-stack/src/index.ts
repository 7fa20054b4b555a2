/**
 * The servers of a stack on one machine: Postgres, Redis, a mail catcher, and an S3 for tests. For `nself start` and
 * for tests; nothing of it runs in production.
 */
export { StackFault } from './fault';
export { MailCatcher, type MailCatcherOptions } from './mail/catcher';
export { Mailbox, type CaughtMail } from './mail/mailbox';
export { anyFreePort, claimPort, isPortFree, nextFreePort } from './net/ports';
export { releasePorts } from './net/reservation';
export { complaints, lastLines, launch, lengthOf, plainEnvironment, type Command } from './process/command';
export { endProcess } from './process/end';
export { identify, isAlive, livesIn, type ProcessIdentity } from './process/identity';
export { removeCluster } from './postgres/cluster';
export { endPostgresIn } from './postgres/orphan';
export { PostgresServer, type PostgresOptions } from './postgres/server';
export { endRedisIn, RedisServer, type RedisOptions } from './redis/server';
export { S3Server, type S3Options } from './s3/server';
export { runServer, type RunningServer, type Server } from './server';
export { serviceNamed, services, type Service } from './services/catalogue';
export { roleUrl, serviceEnvironment, serviceUrl, type StackPlan } from './services/environment';
export { missingSecrets, secretKinds } from './services/secrets';
export { entryOf, isBuilt, ServiceServer } from './services/server';
export { onPath } from './redis/program';
