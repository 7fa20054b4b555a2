import { holder } from './global-setup';

/** Runs once after all tests: nothing of ours stays behind. */
export default async function tearDown(): Promise<void> {
  await holder.nselfTestServers?.stop();
}
