import { startTestServers, type TestServers } from './servers';

declare global {
  // eslint-disable-next-line no-var -- only `var` declares a property of globalThis
  var testServers: TestServers | undefined;
}

/** Runs once before all tests: the workers find the servers in their environment. */
export default async function setUp(): Promise<void> {
  globalThis.testServers = await startTestServers(process.env);
  Object.assign(process.env, globalThis.testServers.environment);
}
