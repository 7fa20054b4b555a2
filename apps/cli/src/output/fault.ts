import { StackFault } from '@nself/dev-stack';
import { colours, marks, printError } from './terminal';

/** Shows what went wrong and its remedy; a fault of our own shows where it happened. */
export function showFault(error: unknown): void {
  const { message, remedy } = explain(error);
  const [first, ...more] = message.split('\n');
  printError(`${marks.bad} ${first}`);
  for (const line of more) printError(`  ${line}`);
  if (remedy) printError(`  ${colours.dim('→')} ${remedy}`);
}

export function explain(error: unknown): { message: string; remedy: string } {
  if (error instanceof StackFault) return { message: error.message, remedy: error.remedy };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (process.env.NSELF_DEBUG) return { message: stack ?? message, remedy: '' };
  return {
    message,
    remedy: 'This was not foreseen. NSELF_DEBUG=1 in front of the command shows where it happened.',
  };
}
