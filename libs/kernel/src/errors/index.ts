export * from './errors.gen';
export { asProblemError, isErrorCode, problemOf, PROBLEM_CONTENT_TYPE, type Problem } from './problem';
export { ProblemError, type ProblemExtensions, type ProblemOptions } from './problem-error';
export { errorTable, type ErrorCode, type ErrorRow } from './table';
export { StartError } from './start-error';
