import { lastLine, passed, type Outcome } from './test-outcome';

const good: Outcome = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

describe('the outcome of a test run', () => {
  it('is one line, and counts a file that cannot be loaded as a failure', () => {
    expect(lastLine(good)).toBe('3 passed, 0 failed');
    expect(lastLine({ ...good, numPendingTests: 2 })).toBe('3 passed, 0 failed, 2 skipped');
    expect(lastLine({ ...good, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toBe('3 passed, 2 failed');
    expect(lastLine(null)).toBe('0 passed, 1 failed');
  });

  it('is good only when something ran and nothing failed', () => {
    expect(passed(good)).toBe(true);
    expect(passed({ ...good, success: false })).toBe(false);
    expect(passed({ ...good, numPassedTests: 0 })).toBe(false);
    expect(passed(null)).toBe(false);
  });
});
