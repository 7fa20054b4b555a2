import type { Home } from '../state/home';
import type { Run } from '../state/run';
import type { Variables } from '../state/settings-file';

/** What a check looks at. */
export interface Patient {
  readonly home: Home;
  readonly given: Variables;
  /** The stack that runs, if one does. */
  readonly run: Run | undefined;
  /** Its database as the owner; undefined when there is none to look at now. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
}

/** `bad` makes the doctor's exit code 1; `unknown` could not be looked at now. */
export interface Finding {
  readonly health: 'good' | 'bad' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}

export interface Check {
  readonly name: string;
  look(patient: Patient): Finding | Promise<Finding>;
}

export const good = (text: string): Finding => ({ health: 'good', text });
export const bad = (text: string, remedy: string): Finding => ({ health: 'bad', text, remedy });
export const unknown = (text: string): Finding => ({ health: 'unknown', text });
