import type { Command } from '../command';

/** Commands on rows. */
export const rowCommands: readonly Command[] = [];
