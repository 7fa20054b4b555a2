import { startTestServers, type TestServers } from './servers';

/** Where set-up leaves the servers for tear-down: both run in the same process. */
export const holder = globalThis as typeof globalThis & { nselfTestServers?: TestServers };

/** Runs once before all tests: the workers find the servers in their environment. */
export default async function setUp(): Promise<void> {
  holder.nselfTestServers = await startTestServers(process.env);
  Object.assign(process.env, holder.nselfTestServers.environment);
}
