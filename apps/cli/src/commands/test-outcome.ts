/** The part of jest's report (`--json`) that decides whether a run was good. */
export interface Outcome {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  /** Files that could not even be loaded: their tests are not among the failed ones. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/** `N passed, M failed` or `N passed, M failed, K skipped`: the last line of a test run, alone. */
export function lastLine(outcome: Outcome | null): string {
  if (!outcome) return '0 passed, 1 failed';
  const failed = outcome.numFailedTests + outcome.numRuntimeErrorTestSuites;
  const skipped = outcome.numPendingTests > 0 ? `, ${outcome.numPendingTests} skipped` : '';
  return `${outcome.numPassedTests} passed, ${failed} failed${skipped}`;
}

/** A run in which nothing ran proves nothing. */
export function passed(outcome: Outcome | null): boolean {
  return outcome !== null && outcome.success && outcome.numPassedTests > 0;
}
