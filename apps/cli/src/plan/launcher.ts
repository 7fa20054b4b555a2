import { StackFault } from '@nself/dev-stack';
import type { Environment, SettingsOf } from '@nself/kernel';
import type { launcherSettings } from './launcher.settings';

/** What a start decides by, read and checked once. The kernel is loaded here and not before: only a start needs it. */
export type Launcher = SettingsOf<typeof launcherSettings>;

/** @throws StackFault with one line for each fault. */
export async function readLauncher(given: Environment): Promise<Launcher> {
  const { loadSettings, SettingsError } = await import('@nself/kernel');
  const { launcherSettings } = await import('./launcher.settings.js');
  try {
    return loadSettings([launcherSettings], { NODE_ENV: 'development', ...given }).get(launcherSettings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new StackFault(error.message, 'Mend it in .env or in the environment.');
  }
}
