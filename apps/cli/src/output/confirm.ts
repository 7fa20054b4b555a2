import { createInterface } from 'node:readline/promises';
import { print } from './terminal';

/** Asks before something that cannot be undone. Only the whole word counts; no answer is no. */
export async function confirmed(consequence: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>(resolve => dialogue.once('close', () => resolve('')));
  const answer = await Promise.race([dialogue.question(`${consequence} Type yes to go on: `), closed]);
  dialogue.close();
  const agreed = answer.trim().toLowerCase() === 'yes';
  if (!agreed) print('Nothing was changed.');
  return agreed;
}
